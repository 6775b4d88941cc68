package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The growth of a server's backups: the size of each good one compared with the one before, and its duration. */
final class Growth {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Growth() {}

    /** Three columns; none if no backup has a size, as with OpsWorks CM. */
    static List<Column<Item>> columns(List<Item> newestFirst) {
        Map<Item, String> changes = new HashMap<>();
        Optional<BigDecimal> before = Optional.empty();
        for (Item item : newestFirst.reversed()) {
            Optional<BigDecimal> size = size(item);
            if (size.isPresent()) {
                changes.put(item, before.map(than -> change(size.get(), than)).orElse("-"));
                before = size;
            }
        }
        return changes.isEmpty()
                ? List.of()
                : List.of(
                        Columns.SIZE,
                        new Column<>("GROWTH", item -> changes.getOrDefault(item, "-")),
                        new Column<>("TOOK", Growth::took));
    }

    private static Optional<BigDecimal> size(Item item) {
        String size = item.shown("backup", "Size");
        return item.text("status").equals(Optional.of("SUCCEEDED")) && size.matches("[1-9][0-9]{0,17}")
                ? Optional.of(new BigDecimal(size))
                : Optional.empty();
    }

    private static String change(BigDecimal size, BigDecimal before) {
        BigDecimal percent = size.subtract(before).multiply(HUNDRED).divide(before, 0, RoundingMode.HALF_UP);
        return String.format(Locale.ROOT, "%+d %%", percent.toBigInteger());
    }

    private static String took(Item item) {
        return item.instant("startedAt")
                .flatMap(began -> item.instant("finishedAt").map(ended -> Item.age(Duration.between(began, ended))))
                .orElse("-");
    }
}
