package dev.serverbackup.local.opsworkscm;

import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import java.util.OptionalInt;

/** The most generations of automated backups: the user guide's rule, which the API's model does not have. */
final class RetentionCount {

    private RetentionCount() {}

    static void refuseIfTooHigh(InputReader input, OptionalInt count, Account account) {
        var most = account.limits().automatedBackups();
        if (count.isPresent() && count.getAsInt() > most) {
            input.refuse("BackupRetentionCount %d is not valid; at most %d automated backups are kept"
                    .formatted(count.getAsInt(), most));
        }
    }
}
