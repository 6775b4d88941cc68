package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Members;
import dev.serverbackup.local.opsworkscm.account.Account;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the tags of a server or a backup by key. A page's token is the last key it held. */
final class ListTagsForResource implements Operation {

    private static final String TOKEN_MARK = "after:";

    @Override
    public ObjectNode perform(Members input, Account account) {
        var arn = input.required("ResourceArn", Shapes.RESOURCE_ARN);
        var most = input.integer("MaxResults", Shapes.MAX_RESULTS).orElse(Integer.MAX_VALUE);
        var token = input.optional("NextToken", Shapes.NEXT_TOKEN);
        input.verify(ErrorType.VALIDATION);

        var left = after(token, Resource.find(arn, account).tags().values());
        var page = new TreeMap<String, String>();
        left.entrySet().stream().limit(most).forEach(tag -> page.put(tag.getKey(), tag.getValue()));
        var output = Json.object();
        output.set("Tags", TagList.write(page));
        if (page.size() < left.size()) {
            output.put("NextToken", TOKEN_MARK + page.lastKey());
        }
        return output;
    }

    private static SortedMap<String, String> after(Optional<String> token, SortedMap<String, String> tags) {
        if (token.isEmpty()) {
            return tags;
        }
        if (!token.get().startsWith(TOKEN_MARK)) {
            throw new AwsError(ErrorType.INVALID_NEXT_TOKEN, "NextToken was not returned by an earlier request.");
        }
        var lastKey = token.get().substring(TOKEN_MARK.length());
        return tags.tailMap(lastKey + "\0");
    }
}
