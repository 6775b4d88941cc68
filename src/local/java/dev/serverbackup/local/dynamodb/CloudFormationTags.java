package dev.serverbackup.local.dynamodb;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Plain YAML values, and CloudFormation's short forms as what they stand for: {@code !Ref Port} is the mapping {@code
 * Ref: Port}, {@code !Sub x} is {@code Fn::Sub: x}. Nothing is resolved. A key that occurs twice is refused.
 */
final class CloudFormationTags extends SafeConstructor {
    CloudFormationTags() {
        super(strict());
        yamlMultiConstructors.put("!", new ShortForm());
    }

    /**
     * Reads a template.
     *
     * @throws InvalidTemplateException if the file can't be read, or is not YAML
     */
    static Object read(Path template) {
        try (Reader reader = Files.newBufferedReader(template)) {
            return new Yaml(new CloudFormationTags()).load(reader);
        } catch (IOException e) {
            throw new InvalidTemplateException("no template can be read at " + template.toAbsolutePath(), e);
        } catch (YAMLException e) {
            throw new InvalidTemplateException(template + " is not YAML" + where(e), e);
        }
    }

    private static String where(YAMLException e) {
        return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? " (line %d: %s)".formatted(marked.getProblemMark().getLine() + 1, marked.getProblem())
                : "";
    }

    private static LoaderOptions strict() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return options;
    }

    private final class ShortForm extends AbstractConstruct {
        @Override
        public Object construct(Node node) {
            String name = node.getTag().getValue().substring(1);
            boolean bare = name.equals("Ref") || name.equals("Condition");
            return Map.of(bare ? name : "Fn::" + name, argumentOf(node));
        }

        private Object argumentOf(Node node) {
            return switch (node) {
                case ScalarNode scalar -> constructScalar(scalar);
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new InvalidTemplateException("unexpected YAML at " + node.getStartMark());
            };
        }
    }
}
