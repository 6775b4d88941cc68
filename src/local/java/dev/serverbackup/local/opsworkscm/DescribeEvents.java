package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;

/** Lists what happened to a server, newest first, in pages if asked to. A page's token is the last event it held. */
final class DescribeEvents implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var most = input.integer("MaxResults", Shapes.MAX_RESULTS).orElse(Integer.MAX_VALUE);
        var token = input.optional("NextToken", Shapes.NEXT_TOKEN);
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        var before = token.map(text -> Long.parseLong(PageToken.read(text, "events", server.uuid())))
                .orElse(Long.MAX_VALUE);
        var left = account.events(name).stream()
                .filter(event -> event.number() < before)
                .toList();
        var page = left.subList(0, Math.min(most, left.size()));
        var output = Json.object();
        var list = output.putArray("ServerEvents");
        page.forEach(event -> list.add(Json.of(event)));
        if (page.size() < left.size()) {
            output.put(
                    "NextToken",
                    PageToken.of(
                            "events",
                            server.uuid(),
                            Long.toString(page.getLast().number())));
        }
        return output;
    }
}
