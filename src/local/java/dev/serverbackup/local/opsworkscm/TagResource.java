package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.Tags;
import java.util.LinkedHashMap;

/** Adds tags to a server and the backups it has, or to a backup. All are tagged, or none. */
final class TagResource implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var arn = input.required("ResourceArn", Shapes.RESOURCE_ARN);
        var tags = TagList.read(input, "Tags");
        if (!input.has("Tags")) {
            input.missing("Tags");
        }
        input.verify(AwsErrorType.VALIDATION);

        var resource = Resource.find(arn, account);
        refuseIfBeingDeleted(resource, arn, account);
        var tagged = new LinkedHashMap<Resource, Tags>();
        resource.withBackups(account)
                .filter(each -> !each.isBeingDeleted(account))
                .forEach(each -> tagged.put(each, TagList.add(each.tags(), tags, each.name())));
        tagged.forEach((each, all) -> each.keep(all, account));
        return Json.object();
    }

    static void refuseIfBeingDeleted(Resource resource, String arn, Account account) {
        if (resource.isBeingDeleted(account)) {
            throw new AwsError(
                    AwsErrorType.INVALID_STATE, "Cannot change the tags of '" + arn + "': it is being deleted.");
        }
    }
}
