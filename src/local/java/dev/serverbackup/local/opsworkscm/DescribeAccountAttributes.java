package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;

/** Tells the account's limits and what of them is used. */
final class DescribeAccountAttributes implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var output = Json.object();
        var attributes = output.putArray("Attributes");
        add(
                attributes,
                "ServerLimit",
                account.limits().servers(),
                account.servers().size());
        add(attributes, "ManualBackupLimit", account.limits().manualBackups(), account.manualBackups());
        return output;
    }

    private static void add(ArrayNode attributes, String name, int maximum, int used) {
        attributes.addObject().put("Name", name).put("Maximum", maximum).put("Used", used);
    }
}
