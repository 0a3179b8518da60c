using System.Text.RegularExpressions;
using DailyPapers.Wording;

namespace DailyPapers.Web.Tests.Languages;

/// <summary>Holds each language's file against the texts that stand in the source.</summary>
public sealed partial class CatalogueTests
{
    public static TheoryData<string> Translations => new(OfferedLanguages.All.Where(texts => texts != OfferedLanguages.English).Select(texts => texts.Language));

    [Fact]
    public void German_is_offered() => Assert.Equal("Deutsch", OfferedLanguages.Find("de-AT")?.Name);

    [Theory]
    [MemberData(nameof(Translations))]
    public void Every_text_of_the_pages_is_translated(string language)
    {
        var used = Used();
        // A scan that finds nothing would agree with everything.
        Assert.Contains("Sign in", used);
        Assert.Contains("{0} upvotes", used);

        Assert.Empty(used.Except(Entries(language).Keys).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void No_translation_is_left_over(string language) => Assert.Empty(Entries(language).Keys.Except(Used()).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Translations))]
    public void Places_and_links_agree(string language)
    {
        Assert.All(Entries(language), entry => Assert.All(entry.Value, form =>
        {
            var (wanted, found) = (Marks(entry.Key), Marks(form));
            if (entry.Value.Length == 1)
                Assert.Equal(wanted, found);
            else
                Assert.Subset(wanted, found);
            Assert.NotEmpty(form.Trim());
        }));
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Counted_texts_have_every_form(string language)
    {
        var counted = Sources().SelectMany(source => Counted().Matches(source)).Select(match => Unescape(match.Groups[2].Value)).ToHashSet();

        Assert.All(Entries(language), entry => Assert.Equal(counted.Contains(entry.Key) ? PluralForms.Number(language) : 1, entry.Value.Length));
    }

    [Theory]
    [InlineData(0, "0 Stimmen")]
    [InlineData(1, "1 Stimme")]
    [InlineData(2, "2 Stimmen")]
    public void A_count_takes_its_form(int number, string text) =>
        Assert.Equal(text, OfferedLanguages.Find("de")!.Count(number, "1 upvote", "{0} upvotes"));

    [Theory]
    [InlineData("ru", "1:0 2:1 5:2 11:2 21:0 22:1 112:2")]
    [InlineData("pl", "1:0 2:1 5:2 12:2 21:2 22:1")]
    [InlineData("fr", "0:0 1:0 2:1")]
    [InlineData("ja", "0:0 1:0 7:0")]
    [InlineData("en", "0:1 1:0 2:1")]
    public void Forms_follow_the_language(string language, string expected) => Assert.Equal(
        expected, string.Join(' ', expected.Split(' ').Select(pair => pair.Split(':')[0]).Select(number => $"{number}:{PluralForms.Of(language)(long.Parse(number, null))}")));

    private static IReadOnlyDictionary<string, string[]> Entries(string language) => OfferedLanguages.Find(language)!.Entries;

    private static HashSet<string> Used() => [.. Sources().SelectMany(source =>
        Plain().Matches(source).Select(match => Unescape(match.Groups[1].Value)).Concat(Counted().Matches(source).Select(match => Unescape(match.Groups[2].Value))))];

    private static IEnumerable<string> Sources() =>
        from folder in (string[])["DailyPapers", "DailyPapers.Web"]
        from file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src", folder), "*", SearchOption.AllDirectories)
        where file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)
        let parts = Path.GetRelativePath(SourceTree.Root, file).Split(Path.DirectorySeparatorChar)
        where !parts.Contains("obj") && !parts.Contains("bin") && !parts.Contains("Wording")
        select File.ReadAllText(file);

    private static HashSet<string> Marks(string text) => [.. Places().Matches(text).Select(match => match.Groups[1].Value)];

    private static string Unescape(string literal) => literal.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex("""\b(?:T\[|T\.Markup\(|Mark\()\s*"((?:[^"\\]|\\.)*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("""\bT\.Count\(\s*[^"]*?,\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    // A value's place, without its format, which is the language's own; and where a link leads.
    [GeneratedRegex(@"\{(\d)|\]\((/[^)]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
