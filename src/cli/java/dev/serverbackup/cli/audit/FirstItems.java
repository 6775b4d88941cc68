package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** Counts rows, and keeps the first of them. */
final class FirstItems {
    /** The most rows that a page shows in one list. */
    static final int MOST = 500;

    private final List<Item> items = new ArrayList<>();
    private int count;

    void add(Item item) {
        count++;
        if (items.size() < MOST) {
            items.add(item);
        }
    }

    int count() {
        return count;
    }

    Table table(List<Column<Item>> columns) {
        return Table.of(columns, items);
    }

    /**
     * A sentence if there are more rows than are kept; otherwise empty.
     *
     * @param where says where all rows are
     */
    List<String> note(String where) {
        return count > items.size()
                ? List.of("These are the first %d of %d; %s.".formatted(items.size(), count, where))
                : List.of();
    }
}
