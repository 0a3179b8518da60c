namespace DailyPapers.Community.Comments;

/// <summary>Puts comments below those they answer.</summary>
internal static class CommentThreads
{
    /// <summary>How deep answers are set in; deeper ones follow at that depth and name what they answer.</summary>
    public const int DeepestLevel = 4;

    /// <summary>
    /// The threads of comments in the order of their numbers, an answer always after what it answers. No step recurses, so
    /// a chain of ten thousand answers is as safe as ten.
    /// </summary>
    /// <param name="comments">The comments by number.</param>
    /// <param name="isShown">Whether a reader sees a comment for itself; one without is kept only above others that are.</param>
    /// <param name="view">A comment's view, with its answers; told whether it must name what it answers.</param>
    public static IReadOnlyList<CommentView> Arrange(
        IReadOnlyList<Comment> comments, Func<Comment, bool> isShown, Func<Comment, bool, IReadOnlyList<CommentView>, CommentView> view)
    {
        var known = comments.ToDictionary(c => c.Id);
        var kept = new HashSet<long>();
        foreach (var comment in comments.Reverse())
        {
            if (!kept.Contains(comment.Id) && !isShown(comment))
                continue;
            kept.Add(comment.Id);
            if (comment.ParentId is { } parent)
                kept.Add(parent);
        }

        var level = new Dictionary<long, int>();
        var above = new Dictionary<long, long?>();
        foreach (var comment in comments.Where(c => kept.Contains(c.Id)))
        {
            var parent = comment.ParentId is { } id && known.ContainsKey(id) ? comment.ParentId : null;
            var isDeepest = parent is { } answered && level[answered] == DeepestLevel;
            above[comment.Id] = isDeepest ? above[parent!.Value] : parent;
            level[comment.Id] = parent is null ? 0 : Math.Min(level[parent.Value] + 1, DeepestLevel);
        }

        // From the last to the first, every comment's answers are complete when its turn comes.
        var below = new Dictionary<long, List<CommentView>>();
        var roots = new List<CommentView>();
        foreach (var comment in comments.Reverse().Where(c => above.ContainsKey(c.Id)))
        {
            var replies = below.TryGetValue(comment.Id, out var list) ? list : [];
            replies.Reverse();
            var place = above[comment.Id];
            var shown = view(comment, comment.ParentId is not null && place != comment.ParentId, replies);
            if (place is not { } parent)
                roots.Add(shown);
            else if (below.TryGetValue(parent, out var siblings))
                siblings.Add(shown);
            else
                below[parent] = [shown];
        }
        roots.Reverse();
        return roots;
    }
}
