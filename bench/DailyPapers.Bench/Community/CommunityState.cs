namespace DailyPapers.Bench.Community;

/// <summary>What must hold after the acknowledged acts, computed without the product. Each reader's acts are in the order in which they were acknowledged.</summary>
internal sealed class CommunityState
{
    private CommunityState(
        HashSet<(int Paper, string Reader)> votes, Dictionary<long, Act> comments, HashSet<long> deleted, HashSet<(long Comment, string Reader, string Reaction)> reactions) =>
        (Votes, Comments, Deleted, Reactions) = (votes, comments, deleted, reactions);

    public HashSet<(int Paper, string Reader)> Votes { get; }

    /// <summary>All that were written, by number.</summary>
    public Dictionary<long, Act> Comments { get; }

    public HashSet<long> Deleted { get; }

    public HashSet<(long Comment, string Reader, string Reaction)> Reactions { get; }

    public static CommunityState After(IEnumerable<Act> acts)
    {
        HashSet<(int, string)> votes = [];
        Dictionary<long, Act> comments = [];
        HashSet<long> deleted = [];
        HashSet<(long Comment, string, string)> reactions = [];
        foreach (var act in acts)
        {
            _ = act.Kind switch
            {
                ActKind.Vote => votes.Add((act.Paper, act.Reader)),
                ActKind.Undo => votes.Remove((act.Paper, act.Reader)),
                ActKind.Comment or ActKind.Reply => comments.TryAdd(act.Comment, act),
                ActKind.Delete => deleted.Add(act.Comment),
                ActKind.React => reactions.Add((act.Comment, act.Reader, act.Reaction!)),
                ActKind.Unreact => reactions.Remove((act.Comment, act.Reader, act.Reaction!)),
                _ => false,
            };
        }
        // A comment takes its reactions along.
        reactions.RemoveWhere(reaction => deleted.Contains(reaction.Comment));
        return new(votes, comments, deleted, reactions);
    }

    public int VotesOf(int paper) => Votes.Count(vote => vote.Paper == paper);

    /// <summary>The comments of a paper that everybody sees.</summary>
    public HashSet<long> VisibleOf(int paper) => [.. Comments.Values.Where(act => act.Paper == paper && !Deleted.Contains(act.Comment)).Select(act => act.Comment)];
}
