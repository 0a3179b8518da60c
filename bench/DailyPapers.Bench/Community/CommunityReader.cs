using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace DailyPapers.Bench.Community;

/// <summary>
/// Somebody signed in who votes, comments, answers, reacts, deletes and reads at random. One thing after the other, so that
/// what was acknowledged last is what holds.
/// </summary>
internal sealed partial class CommunityReader : IDisposable
{
    private static readonly string[] Reactions = ["Agree", "Thanks", "Insightful", "Doubt"];

    private readonly HttpClient _http;
    private readonly Random _random;
    private readonly string _email;
    private readonly IReadOnlyList<string> _papers;
    private readonly Discussion _discussion;
    private readonly CommunityLog _log;
    private readonly HashSet<int> _voted = [];
    private readonly HashSet<(SeenComment? Comment, string? Reaction)> _reacted = [];
    private string _token = "";
    private int _texts;

    public CommunityReader(Uri address, int number, int seed, string email, IReadOnlyList<string> papers, Discussion discussion, CommunityLog log)
    {
        (_email, _papers, _discussion, _log) = (email, papers, discussion, log);
        _random = new Random((seed * 10_007) + number);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        // The service believes a proxy on the same machine: each reader signs in from an address of their own.
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"10.9.{number >> 8}.{number & 255}"));
        _http.DefaultRequestHeaders.Add("Accept", "application/json, text/html");
    }

    public async Task SignInAsync(string password, CancellationToken cancellationToken)
    {
        _token = await TokenAsync("/account/sign-in", cancellationToken);
        using var answer = await _http.PostAsync("/account/sign-in", Form(("email", _email), ("password", password)), cancellationToken);
        if (answer.StatusCode is not HttpStatusCode.Redirect)
            throw new InvalidOperationException($"{_email} cannot sign in: {(int)answer.StatusCode}.");
        _token = await TokenAsync("/about", cancellationToken);
    }

    /// <summary>Does one thing at random.</summary>
    public Task ActAsync(CancellationToken cancellationToken) => _random.Next(100) switch
    {
        < 35 => VoteAsync(cancellationToken),
        < 50 => CommentAsync(null, cancellationToken),
        < 63 => _discussion.Pick(_random, _email, own: false) is { } answered ? CommentAsync(answered, cancellationToken) : CommentAsync(null, cancellationToken),
        < 83 => ReactAsync(cancellationToken),
        < 90 => DeleteAsync(cancellationToken),
        _ => ReadAsync(cancellationToken),
    };

    /// <summary>A time between two acts: exponential, as of many people who know nothing of each other.</summary>
    public TimeSpan Pause(TimeSpan mean) => mean * -Math.Log(1 - _random.NextDouble());

    public void Dispose() => _http.Dispose();

    private async Task VoteAsync(CancellationToken cancellationToken)
    {
        var paper = AnyPaper();
        var wanted = !_voted.Contains(paper);
        var kind = wanted ? ActKind.Vote : ActKind.Undo;
        using var answer = await SendAsync(kind, $"{_papers[paper]}/upvote", cancellationToken, ("wanted", wanted ? "true" : "false"));
        if (answer is not { StatusCode: HttpStatusCode.OK })
        {
            Fail(kind, answer);
            return;
        }
        if (!(wanted ? _voted.Add(paper) : _voted.Remove(paper)))
            throw new InvalidOperationException("A vote was given twice.");
        _log.Acknowledge(new Act(kind, _email, paper));
    }

    private async Task CommentAsync(SeenComment? parent, CancellationToken cancellationToken)
    {
        var paper = parent?.Paper ?? AnyPaper();
        var kind = parent is null ? ActKind.Comment : ActKind.Reply;
        var text = string.Create(CultureInfo.InvariantCulture, $"Remark {_texts++} of {_email}: is $\\lambda_{{{_random.Next(9)}}}$ **bounded**?\n\nSee `section {_random.Next(9)}`.");
        using var answer = await SendAsync(
            kind, $"{_papers[paper]}/comments", cancellationToken, parent is null ? [("text", text)] : [("text", text), ("parent", parent.Id.ToString(CultureInfo.InvariantCulture))]);
        if (answer is { StatusCode: HttpStatusCode.Redirect } && Written().Match(answer.Headers.Location!.OriginalString) is { Success: true } written)
        {
            var id = long.Parse(written.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            _log.Acknowledge(new Act(kind, _email, paper, id, parent?.Id));
            _discussion.Add(new SeenComment(id, paper, _email));
        }
        else if (answer is { StatusCode: HttpStatusCode.BadRequest } && parent is not null)
        {
            _log.Refuse(kind, parent.Id);
        }
        else
        {
            Fail(kind, answer);
        }
    }

    private async Task ReactAsync(CancellationToken cancellationToken)
    {
        // One in three takes a reaction back: by chance alone one hardly ever meets one's own again.
        var given = _reacted.Count > 0 && _random.Next(3) == 0 ? _reacted.ElementAt(_random.Next(_reacted.Count)) : default;
        if ((given.Comment ?? _discussion.Pick(_random, _email, own: false)) is not { } comment)
            return;
        var reaction = given.Reaction ?? Reactions[_random.Next(Reactions.Length)];
        var wanted = !_reacted.Contains((comment, reaction));
        var kind = wanted ? ActKind.React : ActKind.Unreact;
        using var answer = await SendAsync(kind, $"/comments/{comment.Id.ToString(CultureInfo.InvariantCulture)}/reactions", cancellationToken, (wanted ? "give" : "take", reaction));
        if (answer is { StatusCode: HttpStatusCode.OK })
        {
            _ = wanted ? _reacted.Add((comment, reaction)) : _reacted.Remove((comment, reaction));
            _log.Acknowledge(new Act(kind, _email, comment.Paper, comment.Id, Reaction: reaction));
        }
        else if (answer is { StatusCode: HttpStatusCode.NotFound })
        {
            _reacted.Remove((comment, reaction));
            _log.Refuse(kind, comment.Id);
        }
        else
        {
            Fail(kind, answer);
        }
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        if (_discussion.Pick(_random, _email, own: true) is not { } comment)
            return;
        using var answer = await SendAsync(ActKind.Delete, $"/comments/{comment.Id.ToString(CultureInfo.InvariantCulture)}/delete", cancellationToken);
        _discussion.Remove(comment);
        if (answer is { StatusCode: HttpStatusCode.Redirect })
            _log.Acknowledge(new Act(ActKind.Delete, _email, comment.Paper, comment.Id));
        else
            Fail(ActKind.Delete, answer);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var answer = await TimeAsync(ActKind.Read, () => _http.GetAsync(_papers[AnyPaper()], cancellationToken), cancellationToken);
        if (answer is not { StatusCode: HttpStatusCode.OK })
            Fail(ActKind.Read, answer);
    }

    private Task<HttpResponseMessage?> SendAsync(ActKind kind, string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields) =>
        TimeAsync(kind, () => _http.PostAsync(path, Form(fields), cancellationToken), cancellationToken);

    private async Task<HttpResponseMessage?> TimeAsync(ActKind kind, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await send();
            _log.Time(kind, Stopwatch.GetElapsedTime(started));
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            _log.Fail($"{kind}: {exception.Message}");
            return null;
        }
    }

    // No answer has been told already.
    private void Fail(ActKind kind, HttpResponseMessage? answer)
    {
        if (answer is not null)
            _log.Fail(string.Create(CultureInfo.InvariantCulture, $"{kind}: {(int)answer.StatusCode} from {answer.RequestMessage!.RequestUri!.PathAndQuery}"));
    }

    // Some papers are talked of more than others.
    private int AnyPaper()
    {
        var u = _random.NextDouble();
        return (int)(_papers.Count * u * u);
    }

    private FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Append(("__RequestVerificationToken", _token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));

    private async Task<string> TokenAsync(string path, CancellationToken cancellationToken) =>
        Token().Match(await _http.GetStringAsync(path, cancellationToken)) is { Success: true } found
            ? found.Groups[1].Value
            : throw new InvalidOperationException($"{path} has no form token.");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("#comment-([0-9]+)$")]
    private static partial Regex Written();
}
