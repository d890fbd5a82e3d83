package dev.assay.agent.observe;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The programming language of a file by its name, in Claude Code's own words ({@code Python},
 * {@code TypeScript} ...), so that decisions from transcripts and from its telemetry are counted
 * together.
 */
final class Language {
  static final String UNKNOWN = "unknown";

  private static final Map<String, String> BY_ENDING = new HashMap<>();

  static {
    put("TypeScript", "ts tsx mts cts");
    put("JavaScript", "js jsx mjs cjs");
    put("Python", "py pyi gyp");
    put("Markdown", "md mkdown mkd");
    put("JSON", "json jsonc");
    put("YAML", "yml yaml");
    put("Java", "java jsp");
    put("Kotlin", "kt kts");
    put("Go", "go");
    put("Rust", "rs");
    put("C", "c h");
    put("C++", "cpp hpp cc hh cxx hxx");
    put("C#", "cs");
    put("Ruby", "rb gemspec podspec thor");
    put("PHP", "php");
    put("Swift", "swift");
    put("Scala", "scala");
    put("Bash", "sh bash zsh");
    put("HTML, XML", "html xhtml xml xsl plist svg rss atom xsd");
    put("CSS", "css");
    put("SCSS", "scss");
    put("Less", "less");
    put("SQL", "sql");
    put("Lua", "lua");
    put("Perl", "pl pm");
    put("R", "r");
    put("Dart", "dart");
    put("Haskell", "hs");
    put("Elixir", "ex exs");
    put("Erlang", "erl");
    put("Clojure", "clj edn");
    put("Groovy", "groovy");
    put("Gradle", "gradle");
    put("TOML, also INI", "toml ini");
    put("Protocol Buffers", "proto");
    put("GraphQL", "graphql gql");
    put("Vim Script", "vim");
    put("PowerShell", "ps1 psd1 psm1");
    put("Objective-C", "m mm");
    put("Julia", "jl");
    put("OCaml", "ml");
    put("F#", "fs");
    put("Nix", "nix");
    put("LaTeX", "tex");
    put("Diff", "diff patch");
    put("Plain text", "txt text");
  }

  private Language() {}

  private static void put(String language, String endings) {
    for (String ending : endings.split(" ", -1)) {
      BY_ENDING.put(ending, language);
    }
  }

  static String of(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return switch (name) {
      case "Dockerfile" -> "Dockerfile";
      case "Makefile" -> "Makefile";
      case "CMakeLists.txt" -> "CMake";
      default -> {
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        yield BY_ENDING.getOrDefault(ending, UNKNOWN);
      }
    };
  }
}
