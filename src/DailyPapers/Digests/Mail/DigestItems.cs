using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Tex;

namespace DailyPapers.Digests.Mail;

internal static class DigestItems
{
    private const int LongestTitle = 300;
    private const int LongestSummary = 700;
    private const int LongestAuthor = 80;
    private const int MostAuthors = 6;
    private const int LongestLink = 500;

    public static DigestItem Of(ListedPaper listed, SiteLinks links)
    {
        var paper = listed.Paper;
        return new(
            MailText.Cut(Plain(paper.Title), LongestTitle),
            links.Paper(paper),
            Authors(paper.Authors),
            (paper.Summary ?? paper.Abstract) is { } text ? MailText.Sentences(Plain(text), LongestSummary) : null,
            paper.Topic is { } topic ? MailText.Cut(Capitalized(Plain(topic)), 60) : null,
            listed.Verdict is { } verdict ? MailText.OneLine(VerdictWords.Of(verdict)) : null,
            listed.Verdict,
            Votes(paper),
            Links(paper));
    }

    private static string Plain(string text) => MailText.OneLine(TexText.ParseTitle(text).ToPlainText());

    private static string Capitalized(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Authors(List<Author> authors)
    {
        var names = authors.Select(author => MailText.Cut(Plain(author.Name), LongestAuthor)).ToList();
        return names.Count <= MostAuthors + 1
            ? string.Join(", ", names)
            : T["{0} and {1} more", string.Join(", ", names.Take(MostAuthors)), names.Count - MostAuthors];
    }

    private static string? Votes(Paper paper)
    {
        var here = paper.Upvotes > 0 ? string.Create(T.Culture, $"▲ {paper.Upvotes:N0}") : null;
        var there = paper.HuggingFaceUpvotes > 0 ? T["{0:N0} on Hugging Face", paper.HuggingFaceUpvotes] : null;
        return (here, there) switch
        {
            (null, null) => null,
            (not null, not null) => $"{here} · {there}",
            _ => here ?? there,
        };
    }

    private static List<DigestLink> Links(Paper paper)
    {
        var links = new List<DigestLink>();
        if (paper.ArxivId is { } id)
            Add("arXiv", $"https://arxiv.org/abs/{id}");
        Add("PDF", paper.PdfUrl ?? (paper.ArxivId is { } arxiv ? $"https://arxiv.org/pdf/{arxiv}" : null));
        Add(T["Code"], paper.CodeUrl);
        Add(T["Project"], paper.ProjectUrl);
        return links;

        // Escaped once more by the parser, an address holds no blanks, quotes or line breaks; a longer one would burst the mail.
        void Add(string name, string? url)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is ("http" or "https") && parsed.AbsoluteUri.Length <= LongestLink)
                links.Add(new(name, parsed.AbsoluteUri));
        }
    }
}
