package dev.serverbackup.cli.audit;

import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A row of the table. Nothing is assumed about it: missing and unexpected attributes are shown as such. */
public record Item(Map<String, AttributeValue> attributes) {
    private static final String NONE = "-";
    /** The longest text in a cell. */
    private static final int LONGEST = 10_000;

    private static final int MOST_NAMED = 10;

    /** An attribute as the text of a cell. */
    public String shown(String name) {
        return shown(attributes.get(name));
    }

    /** A member of a map attribute as the text of a cell. */
    public String shown(String name, String member) {
        return map(name).map(members -> shown(members.get(member))).orElse(NONE);
    }

    /** The server's name, and in brackets its {@code Name} tag. */
    public String server() {
        String title = shown("tags", "Name");
        return title.equals(NONE) ? shown("serverName") : shown("serverName") + " (" + title + ")";
    }

    /** A map of numbers as text: {@code 1 FAILED, 12 SUCCEEDED}. */
    String counts(String name) {
        return map(name)
                .filter(counts -> !counts.isEmpty())
                .map(counts -> new TreeMap<>(counts)
                        .entrySet().stream()
                                .map(count -> shown(count.getValue()) + " " + escaped(count.getKey()))
                                .collect(Collectors.joining(", ")))
                .orElse(NONE);
    }

    /** The number of elements of a list, and the first few: {@code 2: alpha (held), bravo (held)}. */
    String named(String list, String member) {
        String all = shown(list + "Count");
        List<AttributeValue> named = Optional.ofNullable(attributes.get(list))
                .filter(AttributeValue::hasL)
                .map(AttributeValue::l)
                .orElse(List.of());
        return named.isEmpty()
                ? all
                : all + ": "
                        + named.stream()
                                .limit(MOST_NAMED)
                                .map(one -> shown(one.m().get(member)) + " ("
                                        + shown(one.m().get("reason")) + ")")
                                .collect(Collectors.joining(", "))
                        + (named.size() > MOST_NAMED ? ", …" : "");
    }

    /** The backup's id, and whether it was deleted since. */
    public String backup() {
        String id = shown("backup", "BackupId");
        if (has("deletedAt")) {
            return "%s (deleted %s)".formatted(id, shown("deletedAt"));
        }
        if (isKeptByLock()) {
            return "%s (%s)".formatted(id, shown("deleteError", "message"));
        }
        return has("deletingAt") ? "%s (being deleted since %s)".formatted(id, shown("deletingAt")) : id;
    }

    /** When its backup was last verified, and with what result; {@code -} if it never was. */
    public String verified() {
        return has("verification")
                ? "%s %s".formatted(shown("verification", "at"), shown("verification", "result"))
                : NONE;
    }

    /** What people should check although the backup is good. */
    List<String> warnings() {
        return map("backup")
                .map(members -> members.get("Warnings"))
                .filter(AttributeValue::hasL)
                .map(list -> list.l().stream().map(Item::shown).toList())
                .orElse(List.of());
    }

    /** Whether the backup succeeded and still exists, as far as the audit knows. */
    public boolean isGood() {
        return text("status").equals(Optional.of("SUCCEEDED"))
                && !has("deletedAt")
                && (!has("deletingAt") || isKeptByLock());
    }

    /** Retention does not keep the backup, but S3 refuses to delete its artefact yet: it can be restored. */
    private boolean isKeptByLock() {
        return has("deletingAt")
                && !has("deletedAt")
                && shown("deleteError", "type").equals("KeptByLock");
    }

    /** How long ago an instant was; {@code -} if there is none. */
    public String since(String attribute, Instant now) {
        return instant(attribute).map(at -> age(Duration.between(at, now))).orElse(NONE);
    }

    public Optional<Instant> instant(String attribute) {
        try {
            return text(attribute).map(Instant::parse);
        } catch (DateTimeParseException strange) {
            return Optional.empty();
        }
    }

    public int number(String attribute) {
        AttributeValue value = attributes.get(attribute);
        return value == null || value.n() == null ? 0 : Integer.parseInt(value.n());
    }

    /** The names in a list of maps, with the reason of each, in the order of the list. */
    Map<String, String> reasons(String list, String member) {
        Map<String, String> reasons = new LinkedHashMap<>();
        Optional.ofNullable(attributes.get(list))
                .filter(AttributeValue::hasL)
                .ifPresent(found -> found.l()
                        .forEach(one -> reasons.put(
                                shown(one.m().get(member)), shown(one.m().get("reason")))));
        return reasons;
    }

    /** How many entries of a run have a status; 0 as long as the run is not final. */
    int count(String status) {
        return map("counts")
                .map(counts -> counts.get(status))
                .map(value -> Integer.parseInt(value.n()))
                .orElse(0);
    }

    /** The members of an attribute that is a map, by name. */
    Set<String> names(String attribute) {
        return map(attribute).map(Map::keySet).orElse(Set.of());
    }

    /** The whole row, for JSON. */
    public Map<String, Object> json() {
        return ItemJson.plain(attributes);
    }

    /** The last error: its type, and the beginning of its message. */
    public String error() {
        return map("error").isEmpty() ? NONE : shown("error", "type") + ": " + shown("error", "message");
    }

    /** How long ago it was requested: {@code 3d 04h}. */
    String age(Instant now) {
        return since("requestedAt", now);
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    boolean isExpired(Instant now) {
        AttributeValue expiry = attributes.get("expiresAt");
        return expiry != null && expiry.n() != null && Long.parseLong(expiry.n()) <= now.getEpochSecond();
    }

    /** Whether this is the run of a missed slot, for which nothing was backed up. */
    boolean isMissed() {
        return isRun() && shown("status").equals(RunStatus.MISSED.name());
    }

    /** Whether the follow-up started this run for a slot whose event was not received. Needs the whole row. */
    boolean isCaughtUp() {
        return isRun() && !isMissed() && shown("requestedBy", "source").equals(RequestedBy.CATCH_UP.source());
    }

    boolean isRun() {
        return text("entry").equals(Optional.of("run"));
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    /** The row's key. */
    Map<String, AttributeValue> key() {
        return Map.of("runId", attributes.get("runId"), "entry", attributes.get("entry"));
    }

    private Optional<Map<String, AttributeValue>> map(String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(AttributeValue::hasM)
                .map(AttributeValue::m);
    }

    private static String shown(AttributeValue value) {
        return value == null ? NONE : escaped(value.s() != null ? value.s() : ItemJson.compact(value));
    }

    private static String escaped(String text) {
        return SafeText.shown(text, LONGEST);
    }

    /** {@code 3d 04h}, {@code 4h 05m} or {@code 5m 06s}. */
    static String age(Duration age) {
        if (age.toDays() > 0) {
            return "%dd %02dh".formatted(age.toDays(), age.toHoursPart());
        }
        if (age.toHours() > 0) {
            return "%dh %02dm".formatted(age.toHours(), age.toMinutesPart());
        }
        return "%dm %02ds".formatted(Math.max(0, age.toMinutes()), Math.max(0, age.toSecondsPart()));
    }
}
