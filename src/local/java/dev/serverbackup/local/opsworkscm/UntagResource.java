package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;

/** Removes tags from a server or a backup. Keys that it does not have do no harm; a server's backups keep theirs. */
final class UntagResource implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var arn = input.required("ResourceArn", Shapes.RESOURCE_ARN);
        var keys = input.texts("TagKeys", Shapes.TAG_LIST, Shapes.TAG_KEY);
        if (!input.has("TagKeys")) {
            input.missing("TagKeys");
        }
        input.verify(AwsErrorType.VALIDATION);

        var resource = Resource.find(arn, account);
        TagResource.refuseIfBeingDeleted(resource, arn, account);
        resource.keep(resource.tags().without(keys), account);
        return Json.object();
    }
}
