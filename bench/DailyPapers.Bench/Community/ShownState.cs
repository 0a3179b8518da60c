using System.Globalization;
using System.Text.RegularExpressions;

namespace DailyPapers.Bench.Community;

/// <summary>Compares what must hold with the pages that an anonymous visitor gets.</summary>
internal static partial class ShownState
{
    // A page shows the first thousand comments of a paper.
    private const int Shown = 1_000;

    public static async Task<List<string>> DifferencesAsync(Uri address, IReadOnlyList<string> papers, CommunityState expected, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        var differences = new List<string>();
        for (var paper = 0; paper < papers.Count; paper++)
        {
            var page = await http.GetStringAsync(papers[paper], cancellationToken);
            Differ(papers[paper], "upvotes", expected.VotesOf(paper), Number(Upvotes().Match(page)));
            var visible = expected.VisibleOf(paper);
            Differ(papers[paper], "comments counted", visible.Count, Number(Comments().Match(page)));
            visible.IntersectWith(expected.Comments.Values.Where(act => act.Paper == paper).Select(act => act.Comment).Order().Take(Shown).ToHashSet());
            var parts = Places().Split(page);
            var found = new HashSet<long>();
            for (var i = 1; i + 1 < parts.Length; i += 2)
            {
                var id = long.Parse(parts[i], CultureInfo.InvariantCulture);
                if (!parts[i + 1].Contains("class=\"comment-text\"", StringComparison.Ordinal))
                    continue;
                found.Add(id);
                var reactions = Reactions().Matches(parts[i + 1]).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Order();
                var wanted = expected.Reactions.Where(reaction => reaction.Comment == id).GroupBy(reaction => reaction.Reaction)
                    .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key} {same.Count()}")).Order();
                Differ($"{papers[paper]}#comment-{id}", "reactions", string.Join(", ", wanted), string.Join(", ", reactions));
            }
            Differ(papers[paper], "comments", string.Join(' ', visible.Order()), string.Join(' ', found.Order()));
        }
        return differences;

        void Differ<T>(string where, string what, T wanted, T shown)
        {
            if (!EqualityComparer<T>.Default.Equals(wanted, shown))
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"{where} shows {what} {shown}, must be {wanted}"));
        }
    }

    private static int Number(Match match) => match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("aria-label=\"([0-9]+) upvotes?; sign in to upvote\"")]
    private static partial Regex Upvotes();

    [GeneratedRegex("id=\"comments-heading\">([0-9]+) comments?<")]
    private static partial Regex Comments();

    [GeneratedRegex("<li class=\"comment\" id=\"comment-([0-9]+)\">")]
    private static partial Regex Places();

    [GeneratedRegex("<li>([A-Za-z]+) <span class=\"count\">([0-9]+)</span></li>")]
    private static partial Regex Reactions();
}
