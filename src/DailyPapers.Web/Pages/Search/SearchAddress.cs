using System.Globalization;
using DailyPapers.Editions;
using DailyPapers.Search;

namespace DailyPapers.Web.Pages.Search;

/// <summary>A search as the query string that the search page, the feeds, the API and saved searches share.</summary>
internal static class SearchAddress
{
    /// <summary>The search page's path.</summary>
    public const string Page = "/search";

    /// <summary>The path of the feed of a search.</summary>
    public const string Feed = "/search/feed.atom";

    private const int LongestFilter = 120;

    /// <summary>Reads a search; what cannot be read is said in <paramref name="problems"/>, with the field's name and the remedy.</summary>
    public static SearchRequest Read(IQueryCollection query, List<string> problems)
    {
        var text = query["q"].ToString();
        if (text.Length > SearchRequest.LongestText)
        {
            problems.Add(T["q has {0:N0} characters; shorten it to {1} or fewer.", text.Length, SearchRequest.LongestText]);
            text = text[..SearchRequest.LongestText];
        }
        return new SearchRequest
        {
            Text = text,
            Mode = Named<SearchMode>(query, "mode", "hybrid, lexical or semantic", problems),
            Category = Name(query, "category", problems),
            Keyword = Name(query, "keyword", problems),
            Venue = Name(query, "venue", problems),
            From = Date(query, "from", atEnd: false, problems),
            To = Date(query, "to", atEnd: true, problems),
            Edition = EditionPeriod(query, problems),
            HasCode = query.ContainsKey("code"),
            HasReproduction = query.ContainsKey("lab"),
            Sort = Named<SearchSort>(query, "sort", "relevance, newest, oldest or upvotes", problems),
            Page = Number(query, "page", usual: 1, most: int.MaxValue, problems),
            Exact = query.ContainsKey("exact"),
            WithExplanations = query.ContainsKey("explain"),
        };
    }

    /// <summary>Writes a search in its one spelling, without the page and the explanations, which are not part of what is asked.</summary>
    public static string Query(SearchRequest request)
    {
        var parts = new List<string>();
        Add("q", request.Text.Trim());
        Add("category", request.Category);
        Add("keyword", request.Keyword);
        Add("venue", request.Venue);
        Add("from", request.From is { } from ? Shortest(from, atEnd: false) : null);
        Add("to", request.To is { } to ? Shortest(to, atEnd: true) : null);
        Add("edition", request.Edition?.Name);
        Add("code", request.HasCode ? "on" : null);
        Add("lab", request.HasReproduction ? "on" : null);
        Add("sort", request.Sort is SearchSort.Relevance ? null : NameOf(request.Sort));
        Add("mode", request.Mode is SearchMode.Hybrid ? null : NameOf(request.Mode));
        Add("exact", request.Exact ? "on" : null);
        return string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                parts.Add(name + "=" + Uri.EscapeDataString(value));
        }
    }

    /// <summary>The search page with this search.</summary>
    public static string To(SearchRequest request) => Page + "?" + Query(request);

    /// <summary>A page of this search's hits.</summary>
    public static string ToPage(SearchRequest request, int page) => string.Create(
        CultureInfo.InvariantCulture, $"{To(request)}{(request.WithExplanations ? "&explain=on" : "")}{(page > 1 ? $"&page={page}" : "")}");

    /// <summary>A value as the query string has it.</summary>
    public static string NameOf<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Reads a number from 1 to <paramref name="most"/>; <paramref name="usual"/> when the field is missing or cannot be read.</summary>
    public static int Number(IQueryCollection query, string field, int usual, int most, List<string> problems)
    {
        var text = query[field].ToString();
        if (text.Length == 0)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            return number;
        var range = most < int.MaxValue ? T["from 1 to {0}", most] : T["from 1"];
        problems.Add(T["{0} is '{1}'; a number {2} was expected.", field, Shown(text), range]);
        return usual;
    }

    /// <summary>The shortest spelling of a day that bounds a range: the year where it is the year's first or last day, then the month.</summary>
    public static string Shortest(DateOnly day, bool atEnd)
    {
        var isMonthEdge = atEnd ? day.AddDays(1).Day == 1 : day.Day == 1;
        var isYearEdge = isMonthEdge && day.Month == (atEnd ? 12 : 1);
        return day.ToString(isYearEdge ? "yyyy" : isMonthEdge ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static string? Name(IQueryCollection query, string field, List<string> problems)
    {
        var value = query[field].ToString().Trim();
        if (value.Length > LongestFilter)
            problems.Add(T["{0} has {1:N0} characters; shorten it to {2} or fewer.", field, value.Length, LongestFilter]);
        return value.Length is 0 or > LongestFilter ? null : value;
    }

    private static DateOnly? Date(IQueryCollection query, string field, bool atEnd, List<string> problems)
    {
        var text = query[field].ToString().Trim();
        if (text.Length == 0)
            return null;
        if (Period.TryParseDay(text, out var day))
            return day.First;
        if (Period.TryParseMonth(text, out var month))
            return atEnd ? month.Last : month.First;
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and <= 2100)
            return atEnd ? new DateOnly(year, 12, 31) : new DateOnly(year, 1, 1);
        problems.Add(T["{0} is '{1}'; a year like 2023, a month like 2023-05 or a day like 2023-05-17 was expected.", field, Shown(text)]);
        return null;
    }

    private static Period? EditionPeriod(IQueryCollection query, List<string> problems)
    {
        var text = query["edition"].ToString().Trim();
        if (text.Length == 0)
            return null;
        if (Period.TryParseDay(text, out var period) || Period.TryParseWeek(text, out period) || Period.TryParseMonth(text, out period))
            return period;
        problems.Add(T["edition is '{0}'; a day like 2025-08-13, a week like 2025-W33 or a month like 2025-08 was expected.", Shown(text)]);
        return null;
    }

    private static TEnum Named<TEnum>(IQueryCollection query, string field, string expected, List<string> problems) where TEnum : struct, Enum
    {
        var text = query[field].ToString();
        if (text.Length == 0)
            return default;
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+') && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            return value;
        problems.Add(T["{0} is '{1}'; {2} was expected.", field, Shown(text), expected]);
        return default;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
