package dev.serverbackup.local.opsworkscm.account;

import dev.serverbackup.local.opsworkscm.account.StoredServer.Seen;
import dev.serverbackup.local.opsworkscm.account.Timeline.Happening;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Automated backups and maintenance, each in its window: as early in that hour as no other work holds the server up. In
 * a state that allows neither, the window passes, and an event says so.
 */
final class Windows {

    private final AccountState holdings;
    private final Transitions works;

    Windows(AccountState holdings, Transitions works) {
        this.holdings = holdings;
        this.works = works;
    }

    Stream<Happening> all() {
        return holdings.servers().values().stream().flatMap(server -> {
            var maintenance = Stream.of(maintenance(server));
            return server.automatedBackups().disabled()
                    ? maintenance
                    : Stream.concat(Stream.of(backup(server)), maintenance);
        });
    }

    private Happening backup(StoredServer server) {
        var window = Window.parse(server.attributes().preferredBackupWindow());
        var opens = window.after(server.seen().backups());
        return new Happening(begins(server, opens), () -> beginBackup(server, opens));
    }

    private Happening maintenance(StoredServer server) {
        var window = Window.parse(server.attributes().preferredMaintenanceWindow());
        var opens = window.after(server.seen().maintenance());
        return new Happening(begins(server, opens), () -> beginMaintenance(server, opens));
    }

    private static Instant begins(StoredServer server, Instant opens) {
        var free = server.phase().until();
        var closes = opens.plus(Window.LENGTH);
        if (!free.isAfter(opens)) {
            return opens;
        }
        return free.isBefore(closes) ? free : closes;
    }

    private void beginBackup(StoredServer server, Instant opens) {
        var seen = server.having(new Seen(opens, server.seen().maintenance()));
        var status = server.status(holdings.time());
        holdings.put(seen);
        if (status.allowsBackup()) {
            works.backUp(seen, BackupType.AUTOMATED, "", seen.tags());
        } else {
            holdings.tell(seen, "The automated backup was not made: the server was in state " + status + ".");
        }
    }

    private void beginMaintenance(StoredServer server, Instant opens) {
        var seen = server.having(new Seen(server.seen().backups(), opens));
        var status = server.status(holdings.time());
        holdings.put(seen);
        if (status.allowsMaintenance()) {
            works.maintain(seen, seen.attributes());
        } else {
            holdings.tell(seen, "The maintenance was not made: the server was in state " + status + ".");
        }
    }
}
