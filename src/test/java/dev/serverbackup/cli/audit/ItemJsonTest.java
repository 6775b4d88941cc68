package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemJsonTest {
    private static final String HOSTILE = "\u001B[2J\u0007\u007F\u009B\u202E\u2028\r\n\"\\";

    @Test
    void every_kind_of_value_has_its_json() {
        AttributeValue value = AttributeValue.fromM(Map.of(
                "b", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
                "bool", AttributeValue.fromBool(true),
                "bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))),
                "l", AttributeValue.fromL(List.of(AttributeValue.fromS("a"), AttributeValue.fromN("1"))),
                "n", AttributeValue.fromN("12345678901234567890123456789012345678"),
                "ns", AttributeValue.fromNs(List.of("1.50")),
                "nul", AttributeValue.fromNul(true),
                "s", AttributeValue.fromS("ä"),
                "ss", AttributeValue.fromSs(List.of("y"))));

        assertThat(ItemJson.compact(value)).isEqualTo("""
            {"b":"Ynl0ZXM=","bool":true,"bs":["eA=="],"l":["a",1],"n":12345678901234567890123456789012345678,\
            "ns":[1.50],"nul":null,"s":"ä","ss":["y"]}\
            """);
    }

    @Test
    void what_a_terminal_would_obey_is_escaped_and_comes_back_the_same() throws JsonProcessingException {
        String json = ItemJson.compact(AttributeValue.fromM(Map.of(HOSTILE, AttributeValue.fromS(HOSTILE))));

        assertThat(json).isPrintable().doesNotContain("\u202E", "\u2028");
        assertThat(new ObjectMapper().readTree(json).get(HOSTILE).textValue()).isEqualTo(HOSTILE);
    }
}
