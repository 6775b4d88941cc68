package dev.serverbackup.local.dynamodb;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A mapping of the template, with the path to it, so that every fault says where it is. */
public record TemplateSection(String path, Map<String, Object> values) {

    /**
     * The whole template in a file; nothing in it is resolved.
     *
     * @throws InvalidTemplateException if the file can't be read, or is no mapping in YAML
     */
    public static TemplateSection read(Path template) {
        try (Reader reader = Files.newBufferedReader(template)) {
            Object document = new Yaml(new CloudFormationTags()).load(reader);
            return of(template.getFileName().toString(), document);
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

    /** @throws InvalidTemplateException if the value is no mapping */
    static TemplateSection of(String path, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidTemplateException(path + " must be a mapping, is " + value);
        }
        var values = new LinkedHashMap<String, Object>();
        map.forEach((name, each) -> values.put(String.valueOf(name), each));
        return new TemplateSection(path, values);
    }

    /** This section, if it says nothing but these names: what the local table would not heed must not be there. */
    TemplateSection allowing(String... names) {
        var unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(Arrays.asList(names));
        if (!unknown.isEmpty()) {
            throw new InvalidTemplateException(
                    path + ": the local table knows no " + unknown + ", only " + new TreeSet<>(Arrays.asList(names)));
        }
        return this;
    }

    Optional<TemplateSection> optionalSection(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> of(path + "." + name, value));
    }

    public TemplateSection section(String name) {
        return of(path + "." + name, required(name));
    }

    /** The mappings in the list of this name. */
    public List<TemplateSection> sections(String name) {
        List<?> list = list(name);
        return IntStream.range(0, list.size())
                .mapToObj(i -> of(path + "." + name + "[" + i + "]", list.get(i)))
                .toList();
    }

    /** A literal; a reference that only a deployment resolves is none. */
    public String text(String name) {
        return literal(name, required(name));
    }

    List<String> texts(String name) {
        return list(name).stream().map(value -> literal(name, value)).toList();
    }

    private List<?> list(String name) {
        if (required(name) instanceof List<?> list) {
            return list;
        }
        throw new InvalidTemplateException(path + "." + name + " must be a list, is " + values.get(name));
    }

    private String literal(String name, Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            default -> throw new InvalidTemplateException(path + "." + name + " must be a literal, is " + value);
        };
    }

    private Object required(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new InvalidTemplateException(path + ": " + name + " is missing");
        }
        return value;
    }
}
