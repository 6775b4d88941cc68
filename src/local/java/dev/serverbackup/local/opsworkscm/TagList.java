package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Tags;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The API's shape TagList: read with its rules, and written. */
final class TagList {

    private TagList() {}

    /** The tags that a request brings, white space around keys and values trimmed; empty if absent. */
    static Map<String, String> read(InputReader input, String member) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : input.structures(member, Shapes.TAG_LIST)) {
            var key = tag.required("Key", Shapes.TAG_KEY).strip();
            var value = tag.required("Value", Shapes.TAG_VALUE).strip();
            if (tags.putIfAbsent(key, value) != null) {
                input.refuse("Tag key '" + key + "' is given more than once");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                input.refuse("Tag key '" + key + "' is not allowed: the prefix aws: is reserved");
            }
        }
        return tags;
    }

    /** Notes a fault if they are more than one resource may have. */
    static void refuseIfTooMany(InputReader input, Map<String, String> tags) {
        if (tags.size() > Tags.MOST) {
            input.refuse("A server can have at most " + Tags.MOST + " tags");
        }
    }

    /** The resource's tags with {@code added} ones, refused if a resource would have too many. */
    static Tags add(Tags tags, Map<String, String> added, String resource) {
        var together = tags.with(added);
        if (together.values().size() > Tags.MOST) {
            throw new AwsError(
                    AwsErrorType.VALIDATION,
                    "%s would have %d tags; at most %d are allowed."
                            .formatted(resource, together.values().size(), Tags.MOST));
        }
        return together;
    }

    static ArrayNode write(Map<String, String> tags) {
        var list = JsonNodeFactory.instance.arrayNode();
        tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return list;
    }
}
