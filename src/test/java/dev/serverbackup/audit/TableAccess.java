package dev.serverbackup.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A caller's way to a table: a call may not arrive, arrive twice or late, or without its answer. */
public interface TableAccess {
    /** On which nothing goes wrong. */
    TableAccess DIRECT = new TableAccess() {
        @Override
        public <T> T read(Call call, Supplier<T> access) {
            return access.get();
        }

        @Override
        public <T> T write(Call call, Supplier<T> access) {
            return access.get();
        }
    };

    <T> T read(Call call, Supplier<T> access);

    <T> T write(Call call, Supplier<T> access);

    /**
     * What is asked of the table.
     *
     * @param words verbs, and what they are about
     */
    record Call(List<Object> words) {
        public static Call of(Object... words) {
            return new Call(List.of(words));
        }

        /** The entry that is written. */
        public Optional<Entry> entry() {
            return words.stream()
                    .filter(Entry.class::isInstance)
                    .map(Entry.class::cast)
                    .findFirst();
        }
    }
}
