package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Which backups stay by a calendar. Here a backup is known by when it was made; it is good, and the audit knows it. */
class CalendarRetentionTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final List<ZoneId> ZONES = Stream.of(
                    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
            .map(ZoneId::of)
            .toList();
    private static final Instant FIRST = Instant.parse("2025-12-01T00:00:00Z");
    private static final Duration FIVE_YEARS = Duration.ofDays(5 * 365);

    /** The ends of February, March, a year with a week 53, and of summer time in Berlin and New York, and the days after. */
    private static final List<Instant> SPECIAL = Stream.of(
                    "2028-02-29", "2028-03-31", "2026-12-31", "2027-01-03", "2026-03-29", "2026-10-25", "2026-11-01")
            .map(day -> Instant.parse(day + "T00:00:00Z"))
            .toList();

    private static RetentionPolicy policy(String rules, ZoneId zone) {
        return new RetentionPolicy(RetentionRule.parse(rules), zone, false);
    }

    private static List<Verdict> verdicts(RetentionPolicy policy, Collection<Instant> made) {
        List<PastBackup> past = made.stream().map(CalendarRetentionTest::backup).toList();
        return past.isEmpty()
                ? List.of()
                : ExcessBackups.verdicts(
                        policy, backup(new TreeSet<>(made).getLast()), past, Optional.empty(), Optional.empty());
    }

    private static PastBackup backup(Instant at) {
        Backup backup = Backup.of(Map.of(Backup.ID, "of " + at, Backup.CREATED, at.toString()));
        return new PastBackup(
                new RunId("run-" + at.getEpochSecond()),
                ALPHA.name(),
                BackupBackend.SYSTEMS_MANAGER,
                backup,
                at.plusSeconds(600),
                false,
                Optional.empty());
    }

    private static Set<Instant> kept(RetentionPolicy policy, Collection<Instant> made) {
        return verdicts(policy, made).stream()
                .filter(Verdict::isKept)
                .map(Verdict::createdAt)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Deletes after each backup, in the order in which they are made. */
    private static Set<Instant> keptStepByStep(RetentionPolicy policy, Collection<Instant> made) {
        Set<Instant> there = new TreeSet<>();
        for (Instant one : new TreeSet<>(made)) {
            there.add(one);
            there = kept(policy, there);
        }
        return there;
    }

    /** At two o'clock of each night. */
    private static List<Instant> nights(String first, String last, ZoneId zone) {
        return LocalDate.parse(first)
                .datesUntil(LocalDate.parse(last).plusDays(1))
                .map(day -> day.atTime(LocalTime.of(2, 0)).atZone(zone).toInstant())
                .toList();
    }

    private static List<String> daysKept(String rules, ZoneId zone, Collection<Instant> made) {
        return kept(policy(rules, zone), made).stream()
                .map(one -> LocalDate.ofInstant(one, zone).toString())
                .toList();
    }

    /** The example of docs/retention.md. */
    @Example
    void of_two_years_of_nights_these_stay_on_a_leap_day() {
        List<Instant> made = nights("2026-01-01", "2028-02-29", BERLIN);
        List<String> byDay =
                IntStream.rangeClosed(16, 29).mapToObj("2028-02-%d"::formatted).toList();
        List<String> before = List.of(
                "2026-12-31",
                "2027-03-31",
                "2027-04-30",
                "2027-05-31",
                "2027-06-30",
                "2027-07-31",
                "2027-08-31",
                "2027-09-30",
                "2027-10-31",
                "2027-11-30",
                "2027-12-31",
                "2028-01-16",
                "2028-01-23",
                "2028-01-30",
                "2028-01-31",
                "2028-02-06",
                "2028-02-13");

        assertThat(daysKept("last 7, daily 14, weekly 8, monthly 12, yearly 3", BERLIN, made))
                .containsExactlyElementsOf(
                        Stream.concat(before.stream(), byDay.stream()).toList());
    }

    @Example
    void each_backup_is_kept_by_the_rules_that_say_so() {
        RetentionPolicy policy = policy("last 2, daily 2, monthly 2", BERLIN);
        List<Instant> made = nights("2028-02-27", "2028-03-02", BERLIN);

        assertThat(verdicts(policy, made))
                .extracting(
                        verdict ->
                                LocalDate.ofInstant(verdict.createdAt(), BERLIN).toString(),
                        Verdict::keptBy)
                .containsExactly(
                        tuple("2028-03-02", List.of("last 2", "daily 2", "monthly 2", "newest success")),
                        tuple("2028-03-01", List.of("last 2", "daily 2")),
                        tuple("2028-02-29", List.of("monthly 2")),
                        tuple("2028-02-28", List.of()),
                        tuple("2028-02-27", List.of()));
    }

    @Example
    void week_53_belongs_to_two_years_and_is_one_week() {
        List<Instant> made = nights("2026-12-20", "2027-01-05", BERLIN);

        assertThat(daysKept("weekly 4", BERLIN, made))
                .containsExactly("2026-12-20", "2026-12-27", "2027-01-03", "2027-01-05");
        assertThat(daysKept("yearly 4", BERLIN, made)).containsExactly("2026-12-31", "2027-01-05");
    }

    @Example
    void a_day_is_one_of_the_time_zone() {
        List<Instant> made = Stream.of("2026-07-01T21:30:00Z", "2026-07-01T22:30:00Z", "2026-07-02T03:30:00Z")
                .map(Instant::parse)
                .toList();

        assertThat(kept(policy("daily 3", BERLIN), made)).containsExactly(made.get(0), made.get(2));
        assertThat(kept(policy("daily 3", NEW_YORK), made)).containsExactly(made.get(2));
        assertThat(kept(policy("daily 3", ZoneId.of("UTC")), made)).containsExactly(made.get(1), made.get(2));
    }

    @Property(tries = 2_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void each_rule_keeps_a_backup_or_not_as_iso_8601_writes_its_day_week_month_and_year(
            @ForAll("policies") RetentionPolicy policy, @ForAll("backups") Set<Instant> made) {
        for (Verdict verdict : verdicts(policy, made)) {
            List<Instant> newer =
                    made.stream().filter(verdict.createdAt()::isBefore).toList();
            List<String> keepers = policy.rules().stream()
                    .filter(rule -> RetentionOracle.keeps(rule, policy.zone(), verdict.createdAt(), newer))
                    .map(RetentionRule::toString)
                    .toList();
            assertThat(verdict.keptBy())
                    .filteredOn(by -> !by.equals("newest success"))
                    .containsExactlyElementsOf(keepers);
            assertThat(verdict.isKept()).isEqualTo(!keepers.isEmpty());
        }
    }

    @Property(tries = 1_000, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void what_was_deleted_before_makes_no_difference_to_what_stays(
            @ForAll("policies") RetentionPolicy policy,
            @ForAll("backups") Set<Instant> some,
            @ForAll("backups") Set<Instant> others) {
        Set<Instant> all = union(some, others);

        assertThat(kept(policy, union(kept(policy, some), others))).isEqualTo(kept(policy, all));
        assertThat(kept(policy, kept(policy, some))).isEqualTo(kept(policy, some));
        assertThat(keptStepByStep(policy, all)).isEqualTo(kept(policy, all));
    }

    @Property(tries = 25, afterFailure = AfterFailureMode.PREVIOUS_SEED)
    void for_years_of_nights_with_gaps_deleting_day_by_day_leaves_what_one_look_would_leave(
            @ForAll("zones") ZoneId zone, @ForAll("gaps") List<Integer> missing) {
        RetentionPolicy policy = policy("last 7, daily 14, weekly 8, monthly 12, yearly 3", zone);
        List<Instant> made = new ArrayList<>(nights("2025-12-01", "2030-01-02", zone));
        missing.forEach(at -> made.subList(at, at + 20).replaceAll(_ -> made.getFirst()));

        assertThat(keptStepByStep(policy, made)).isEqualTo(kept(policy, new TreeSet<>(made)));
    }

    private static Set<Instant> union(Set<Instant> some, Set<Instant> others) {
        Set<Instant> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES);
    }

    @Provide
    Arbitrary<List<Integer>> gaps() {
        return Arbitraries.integers().between(0, 1_400).list().ofMaxSize(20);
    }

    /** At least one rule, each with 1 to 4. */
    @Provide
    Arbitrary<RetentionPolicy> policies() {
        Arbitrary<List<RetentionRule>> rules = Arbitraries.subsetOf(Arrays.asList(RetentionRule.Every.values()))
                .filter(some -> !some.isEmpty())
                .flatMap(some -> Arbitraries.integers()
                        .between(1, 4)
                        .list()
                        .ofSize(some.size())
                        .map(counts -> rules(List.copyOf(some), counts)));
        return Combinators.combine(rules, zones()).as((some, zone) -> new RetentionPolicy(some, zone, false));
    }

    private static List<RetentionRule> rules(List<RetentionRule.Every> every, List<Integer> counts) {
        return IntStream.range(0, every.size())
                .mapToObj(at -> new RetentionRule(every.get(at), counts.get(at)))
                .toList();
    }

    /** At any time in five years, and often about a special day. */
    @Provide
    Arbitrary<Set<Instant>> backups() {
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(0, FIVE_YEARS.toMinutes())
                .map(after -> FIRST.plus(Duration.ofMinutes(after)));
        Arbitrary<Instant> special = Combinators.combine(
                        Arbitraries.of(SPECIAL),
                        Arbitraries.integers().between(-72, 72).map(Duration::ofHours))
                .as(Instant::plus);
        return Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(2, special))
                .set()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
