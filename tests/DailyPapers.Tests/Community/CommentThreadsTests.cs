using CsCheck;
using DailyPapers.Community.Comments;

namespace DailyPapers.Tests.Community;

public class CommentThreadsTests
{
    // Each comment answers an earlier one or none, and is seen or not.
    private static readonly Gen<List<(int Parent, bool Seen)>> Shapes =
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Bool).List[0, 60].Select(list => list.Select((item, i) => (Parent: item.Item1 % (i + 2) - 1, item.Item2)).Select(x => (x.Parent, x.Item2)).ToList());

    [Fact]
    public void Every_comment_that_is_seen_stands_once_after_what_it_answers_and_not_too_deep() => Shapes.Sample(shape =>
    {
        var comments = Comments(shape);
        var order = new List<(long Id, int Level)>();
        Walk(CommentThreads.Arrange(comments, c => shape[(int)c.Id].Seen, View), 0, order);

        var places = order.Select((place, i) => (place.Id, i)).ToDictionary(place => place.Id, place => place.i);
        Assert.Equal(order.Count, places.Count);
        foreach (var comment in comments.Where(c => shape[(int)c.Id].Seen))
        {
            Assert.Contains(comment.Id, places.Keys);
            if (comment.ParentId is { } parent)
                Assert.True(places[parent] < places[comment.Id]);
        }
        Assert.All(order, place => Assert.InRange(place.Level, 0, CommentThreads.DeepestLevel));
    });

    [Fact]
    public void What_nobody_sees_and_nothing_stands_below_is_left_out() => Shapes.Sample(shape =>
    {
        var comments = Comments(shape);
        var order = new List<(long Id, int Level)>();
        Walk(CommentThreads.Arrange(comments, c => shape[(int)c.Id].Seen, View), 0, order);

        var needed = comments.Where(c => shape[(int)c.Id].Seen).SelectMany(c => Up(c, comments)).ToHashSet();
        Assert.Equal(needed.Order(), order.Select(place => place.Id).Order());
    });

    [Fact]
    public void A_chain_of_ten_thousand_answers_is_no_danger()
    {
        var chain = Comments(Enumerable.Range(0, 10_000).Select(i => (i - 1, true)).ToList());
        var order = new List<(long Id, int Level)>();
        Walk(CommentThreads.Arrange(chain, _ => true, View), 0, order);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (long)i), order.Select(place => place.Id));
    }

    private static List<Comment> Comments(List<(int Parent, bool Seen)> shape) => shape.Select((item, i) => new Comment
    {
        Id = i,
        PaperId = 1,
        ParentId = item.Parent < 0 || item.Parent >= i ? null : item.Parent,
        Text = "x",
        CreatedAt = default,
    }).ToList();

    private static CommentView View(Comment comment, bool namesAnswered, IReadOnlyList<CommentView> replies) =>
        new() { Id = comment.Id, State = comment.State, IsOwn = false, CreatedAt = default, Reactions = [], Replies = replies, Answers = namesAnswered ? (comment.ParentId!.Value, null) : null };

    private static IEnumerable<long> Up(Comment comment, List<Comment> all)
    {
        for (var at = comment; ; at = all[(int)at.ParentId.Value])
        {
            yield return at.Id;
            if (at.ParentId is null)
                yield break;
        }
    }

    private static void Walk(IReadOnlyList<CommentView> views, int level, List<(long Id, int Level)> order)
    {
        foreach (var view in views)
        {
            order.Add((view.Id, level));
            Walk(view.Replies, level + 1, order);
        }
    }
}
