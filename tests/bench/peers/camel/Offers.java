// SPDX-License-Identifier: EUPL-1.2
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.main.Main;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.processor.aggregate.GroupedMessageAggregationStrategy;
import org.apache.commons.csv.CSVFormat;

/** Offers BROKER TOPIC TABLE: the table of offers, row by row, to CloudEvents in a topic; ends with the table. */
public final class Offers extends RouteBuilder {
  private static final Map<String, String> CHANNELS =
      Map.of("piano aziendale", "company_plan", "a pagamento", "pay", "comune", "municipal_entitlement");
  private static final Map<String, String> UNITS =
      Map.of("ora", "hour", "giorno", "day", "pasto", "meal", "mese", "month");

  private final String broker;
  private final String topic;
  private final Path table;
  private final CompletableFuture<Integer> rows = new CompletableFuture<>();
  private final Semaphore arrived = new Semaphore(0);

  private Offers(String broker, String topic, Path table) {
    this.broker = broker;
    this.topic = topic;
    this.table = table;
  }

  public static void main(String[] words) throws Exception {
    var offers = new Offers(words[0], words[1], Path.of(words[2]));
    var main = new Main();
    main.configure().addRoutesBuilder(offers);
    main.start();
    offers.arrived.acquire(offers.rows.get());
    main.stop();
  }

  @Override
  public void configure() {
    var csv = new CsvDataFormat();
    csv.setFormat(CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).build());
    csv.setLazyLoad(true);

    from("file:" + table.getParent() + "?initialDelay=0&noop=true&fileName=" + table.getFileName())
        .unmarshal(csv)
        .split(body()).streaming()
          .process(this::translate)
          .marshal().json(JsonLibrary.Jackson)
          // One at a time, the splitter would wait for the broker at every row.
          .aggregate(constant(true), new GroupedMessageAggregationStrategy())
            .completionSize(1000)
            .completionPredicate(exchangeProperty(Exchange.SPLIT_COMPLETE)).eagerCheckCompletion()
            .to("kafka:" + topic + "?brokers=" + broker
                + "&enableIdempotence=true&requestRequiredAcks=all&compressionCodec=lz4&lingerMs=2"
                + "&producerBatchSize=1000000&bufferMemorySize=134217728&recordMetadata=false"
                + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer")
            .process(exchange -> arrived.release(exchange.getMessage().getBody(List.class).size()))
          .end()
        .end();
  }

  private void translate(Exchange exchange) {
    List<?> row = exchange.getMessage().getBody(List.class);
    var id = row.get(0) + ":" + row.get(1);
    var price = new LinkedHashMap<String, Object>();
    price.put("cents", Integer.parseInt(text(row, 5)));
    price.put("currency", "EUR");
    price.put("unit", UNITS.get(text(row, 6)));
    var data = new LinkedHashMap<String, Object>();
    data.put("channel", CHANNELS.get(text(row, 3)));
    data.put("description", text(row, 4).strip());
    data.put("id", id);
    data.put("price", price);
    data.put("service", text(row, 2));
    data.put("source_id", id);
    data.put("tuir_letter", text(row, 7));
    data.put("valid_from", date(text(row, 8)));
    data.put("valid_to", date(text(row, 9)));
    var event = new LinkedHashMap<String, Object>();
    event.put("specversion", "1.0");
    event.put("type", "it.raccordo.offer.changed.v1");
    event.put("source", "urn:raccordo:bench:offers");
    event.put("datacontenttype", "application/json");
    event.put("id", id + ":1");
    event.put("subject", id);
    event.put("time", Instant.now().toString());
    event.put("revision", 1);
    event.put("data", data);
    exchange.getMessage().setBody(event);
    exchange.getMessage().setHeader(KafkaConstants.KEY, id);
    if (exchange.getProperty(Exchange.SPLIT_COMPLETE, Boolean.class))
      rows.complete(exchange.getProperty(Exchange.SPLIT_SIZE, Integer.class));
  }

  private static String text(List<?> row, int column) {
    return (String) row.get(column);
  }

  /** From gg/mm/aaaa. */
  private static String date(String text) {
    return text.substring(6) + "-" + text.substring(3, 5) + "-" + text.substring(0, 2);
  }
}
