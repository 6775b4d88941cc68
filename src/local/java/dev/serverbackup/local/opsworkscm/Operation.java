package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;

/** One operation of the API. Its class has the operation's name; while it runs, nothing else changes the account. */
@FunctionalInterface
interface Operation {

    /**
     * Reads and verifies the input first, then takes effect.
     *
     * @throws dev.serverbackup.local.http.AwsError one of those that the API documents for the operation
     */
    ObjectNode perform(InputReader input, Account account);
}
