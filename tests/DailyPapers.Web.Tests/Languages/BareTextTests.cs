using System.Text.RegularExpressions;

namespace DailyPapers.Web.Tests.Languages;

/// <summary>Finds words that a page or script would show in English whatever language is asked for.</summary>
public sealed partial class BareTextTests
{
    /// <summary>What reads the same in every language: names, and examples of what is typed.</summary>
    private static readonly HashSet<string> Untranslated =
    [
        "arXiv", "PDF", "BibTeX", "Markdown", "JSON", "cs.LG", "comment.", "ada-lovelace", "Ada Lovelace, diffusion, cs.LG", "you@example.org", "2508.06601",
    ];

    public static TheoryData<string> Components => [.. Files("*.razor")];

    public static TheoryData<string> Scripts => [.. Files("*.js")];

    [Theory]
    [MemberData(nameof(Components))]
    public void Every_word_of_a_component_goes_through_its_language(string file)
    {
        var component = File.ReadAllText(Path.Combine(SourceTree.Root, file));

        Assert.Empty(Bare(component));
    }

    [Theory]
    [MemberData(nameof(Components))]
    public void The_code_of_a_component_words_nothing_itself(string file)
    {
        var code = File.ReadAllText(Path.Combine(SourceTree.Root, file)).Split("\n@code", 2).Skip(1).SingleOrDefault("");

        Assert.Empty(Phrases().Matches(LookedUp().Replace(Remarks().Replace(code, ""), "")).Select(match => match.Value));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_has_no_sentences_of_its_own(string file) =>
        Assert.Empty(Sentences().Matches(Remarks().Replace(File.ReadAllText(Path.Combine(SourceTree.Root, file)), "")).Select(match => match.Value));

    [Theory]
    [InlineData("""<button aria-label="Remove it">×</button>""")]
    [InlineData("""<button aria-label="@($"Remove {name}")">×</button>""")]
    [InlineData("""<button aria-label="@("Remove " + name)">×</button>""")]
    [InlineData("""<input placeholder="Say something">""")]
    [InlineData("""<abbr title="@T["Week"]">Wk</abbr>""")]
    [InlineData("<p>\n    Nothing is here yet.\n</p>")]
    public void Bare_text_is_found(string markup) => Assert.NotEmpty(Bare(markup));

    [Theory]
    [InlineData("""<button aria-label="@T["Remove {0}", name]">@T["Remove"]</button>""")]
    [InlineData("""<td title="@Title">@Text</td>""")]
    [InlineData("""<code>author:Simon</code>""")]
    public void What_has_a_language_is_not(string markup) => Assert.Empty(Bare(markup));

    private static IEnumerable<string> Bare(string component) => WordsOf(NotText().Replace(component.Split("\n@code", 2)[0], ""));

    private static IEnumerable<string> WordsOf(string markup) => Attributes().Matches(markup).Select(match => match.Groups[2].Value.Trim())
        .Where(value => value.StartsWith("@(", StringComparison.Ordinal) ? OwnWords().IsMatch(value) : !value.StartsWith('@') && Letters().IsMatch(value))
        .Concat(Between().Matches(markup).Concat(Lines().Matches(markup)).Select(match => match.Groups[1].Value.Trim()).Where(text => Letters().IsMatch(text)))
        .Where(text => !Untranslated.Contains(text));

    private static IEnumerable<string> Files(string pattern) =>
        from folder in (string[])["src/DailyPapers", "src/DailyPapers.Web"]
        from file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(SourceTree.Root, file)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        orderby path
        select path;

    [GeneratedRegex("""\s(aria-label|aria-description|alt|placeholder|title|summary)="((?:@\((?:[^()]|\([^()]*\))*\)|@[\w.]+\[[^\]]*\]|[^"])*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();

    // A literal of several words or an interpolated one, of which nothing is looked up.
    [GeneratedRegex("""^(?!.*\bT[.\[]).*"[^"]*[A-Za-z]{2}[^"]*["]""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex OwnWords();

    [GeneratedRegex("""(?<=[a-z"/])>([^<>@{}()=;"\n]*)<(?=[/a-zA-Z])""", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex("""^[ \t]*([A-Z“][^<>@{}()=;\n]* [^<>@{}()=;\n]*)$""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex("[A-Za-z]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Letters();

    // Code, examples to type and comments are not words of the page.
    [GeneratedRegex(@"@\*.*?\*@|<(code|kbd|script|style|pre)\b[^>]*>.*?</\1>|<dt><a href=""/search\?.*?</dt>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NotText();

    [GeneratedRegex("""\b(?:T(?:\.\w+)?[\[(]|Mark\()[^"]*?(?:"(?:[^"\\]|\\.)*["](?:,\s*)?)+""", RegexOptions.CultureInvariant)]
    private static partial Regex LookedUp();

    [GeneratedRegex("""["][A-Za-z][a-z]+ [^"\n]*["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Phrases();

    [GeneratedRegex("""["`][A-Z][a-z]+ [^"`\n]*["`]""", RegexOptions.CultureInvariant)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Remarks();
}
