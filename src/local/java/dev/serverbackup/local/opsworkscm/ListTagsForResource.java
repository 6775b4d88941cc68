package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import java.util.TreeMap;

/** Lists the tags of a server or a backup by key. A page's token is the last key it held. */
final class ListTagsForResource implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var arn = input.required("ResourceArn", Shapes.RESOURCE_ARN);
        var most = input.integer("MaxResults", Shapes.MAX_RESULTS).orElse(Integer.MAX_VALUE);
        var token = input.optional("NextToken", Shapes.NEXT_TOKEN);
        input.verify(AwsErrorType.VALIDATION);

        var tags = Resource.find(arn, account).tags().values();
        var left = token.map(text -> tags.tailMap(PageToken.read(text, "tags", arn) + "\0"))
                .orElse(tags);
        var page = new TreeMap<String, String>();
        left.entrySet().stream().limit(most).forEach(tag -> page.put(tag.getKey(), tag.getValue()));
        var output = Json.object();
        output.set("Tags", TagList.write(page));
        if (page.size() < left.size()) {
            output.put("NextToken", PageToken.of("tags", arn, page.lastKey()));
        }
        return output;
    }
}
