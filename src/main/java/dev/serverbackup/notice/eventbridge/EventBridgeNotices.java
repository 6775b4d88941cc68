package dev.serverbackup.notice.eventbridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serverbackup.notice.Notice;
import dev.serverbackup.notice.Notices;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Notices as events on an EventBridge bus, ten to a call, which is the most that {@code PutEvents} takes. */
public final class EventBridgeNotices implements Notices {
    private static final Logger LOG = LoggerFactory.getLogger(EventBridgeNotices.class);
    private static final String SOURCE = "server-backup";
    private static final int BATCH = 10;
    private static final JsonFactory JSON = new JsonFactory();

    private final EventBridgeClient client;
    private final String bus;
    private final InstantSource clock;

    /** @param bus its name or ARN */
    public EventBridgeNotices(EventBridgeClient client, String bus, InstantSource clock) {
        this.client = client;
        this.bus = bus;
        this.clock = clock;
    }

    @Override
    public Set<String> send(List<Notice> notices, Instant sendBefore) {
        Set<String> accepted = new HashSet<>();
        boolean goOn = true;
        for (int from = 0; goOn && from < notices.size() && clock.instant().isBefore(sendBefore); from += BATCH) {
            goOn = sendBatch(notices.subList(from, Math.min(from + BATCH, notices.size())), accepted);
        }
        return accepted;
    }

    /** Answers whether there is any sense in sending another. */
    private boolean sendBatch(List<Notice> batch, Set<String> accepted) {
        try {
            var answer = client.putEvents(
                    request -> request.entries(batch.stream().map(this::event).toList()));
            sort(batch, answer.entries(), accepted);
            return true;
        } catch (SdkException e) {
            LOG.warn("{} notices could not be sent, and are due again", batch.size(), e);
            return isAboutThisBatch(e);
        }
    }

    /** Some of a batch may be refused while the others are accepted. The results are in the order of the batch. */
    private static void sort(List<Notice> batch, List<PutEventsResultEntry> results, Set<String> accepted) {
        for (int i = 0; i < Math.min(batch.size(), results.size()); i++) {
            PutEventsResultEntry result = results.get(i);
            if (result.errorCode() == null) {
                accepted.add(batch.get(i).id());
            } else {
                LOG.atWarn()
                        .addKeyValue("notice", batch.get(i).id())
                        .addKeyValue("errorType", result.errorCode())
                        .log("a notice was refused, and is due again: {}", result.errorMessage());
            }
        }
    }

    /** A refused call may have been refused for what is in it. A bus that does not answer would not answer the next. */
    private static boolean isAboutThisBatch(SdkException failure) {
        return failure instanceof AwsServiceException refused
                && refused.statusCode() < 500
                && !refused.isThrottlingException();
    }

    private PutEventsRequestEntry event(Notice notice) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(notice.kind().detailType())
                .detail(json(notice.detail()))
                .build();
    }

    private static String json(Map<String, Object> detail) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, detail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    json.writeFieldName(member.getKey().toString());
                    write(json, member.getValue());
                }
                json.writeEndObject();
            }
            case Integer number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            default -> json.writeString(value.toString());
        }
    }
}
