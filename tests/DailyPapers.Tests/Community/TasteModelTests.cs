using CsCheck;
using DailyPapers.Community.Recommending;

namespace DailyPapers.Tests.Community;

public class TasteModelTests
{
    private const int Dimensions = 16;

    private static readonly Gen<PaperFeatures> Features = Gen.Select(Gen.Float[-1, 1].Array[Dimensions], Gen.ULong[1, 12].Array[0, 5])
        .Where(drawn => drawn.Item1.Any(x => Math.Abs(x) > 0.01f))
        .Select(drawn => new PaperFeatures(Unit(drawn.Item1), [.. drawn.Item2.Distinct()]));

    private static readonly Gen<PaperFeatures> WithoutTerms = Features.Select(features => new PaperFeatures(features.Vector, []));

    private static readonly Gen<TasteExample[]> Examples = Gen.Select(Features, Gen.Float[0.3f, 1]).Select(drawn => new TasteExample(drawn.Item1, drawn.Item2)).Array[1, 12];

    [Fact]
    public void A_score_is_the_sum_of_what_every_example_adds() => Gen.Select(WithoutTerms.Array[1, 12], WithoutTerms.Array[1, 12], WithoutTerms).Sample((liked, others, paper) =>
    {
        var model = TasteTraining.Fit(Taste(liked), Taste(others));
        // With the sides exchanged all weights turn their sign, which shows what the others add.
        var exchanged = TasteTraining.Fit(Taste(others), Taste(liked));
        var bias = model.Score(new PaperFeatures([], []));
        var sum = bias + model.Contributions(paper).Sum() - exchanged.Contributions(paper).Sum();
        Assert.Equal(model.Score(paper), sum, 0.02f * (1 + Math.Abs(sum)));
    }, iter: 300);

    [Fact]
    public void What_is_liked_stands_above_what_is_not_on_the_whole() => Gen.Select(Examples, Examples).Sample((liked, others) =>
    {
        var model = TasteTraining.Fit(liked, others);
        var gap = liked.Sum(e => e.Weight * model.Score(e.Features)) / liked.Sum(e => e.Weight) - others.Sum(e => e.Weight * model.Score(e.Features)) / others.Sum(e => e.Weight);
        // Weights of zero would leave no gap, and the fitted ones are no worse than those.
        Assert.True(gap >= -1e-4, $"The gap is {gap}.");
    }, iter: 300);

    [Fact]
    public void The_same_examples_in_another_order_give_the_same_scores() => Gen.Select(Examples, Examples, Features).Sample((liked, others, paper) =>
        Assert.Equal(
            TasteTraining.Fit(liked, others).Score(paper), TasteTraining.Fit([.. liked.Reverse()], [.. others.Reverse()]).Score(paper), 0.01f), iter: 200);

    [Fact]
    public void More_of_a_liked_term_raises_the_score()
    {
        var liked = new[] { new TasteExample(new PaperFeatures([], [7])) };
        var others = Enumerable.Range(0, 20).Select(i => new TasteExample(new PaperFeatures(Unit(Axis(i % Dimensions)), [100]))).ToArray();
        var model = TasteTraining.Fit(liked, others);
        var without = model.Score(new PaperFeatures(Unit(Axis(3)), [200]));
        Assert.True(model.Score(new PaperFeatures(Unit(Axis(3)), [7])) > without);
        Assert.True(model.Score(new PaperFeatures(Unit(Axis(3)), [7, 200])) > without);
    }

    [Fact]
    public void The_nearest_liked_paper_adds_most()
    {
        var liked = Enumerable.Range(0, 4).Select(i => new TasteExample(new PaperFeatures(Unit(Axis(i)), []))).ToArray();
        var others = Enumerable.Range(4, 8).Select(i => new TasteExample(new PaperFeatures(Unit(Axis(i)), []))).ToArray();
        var near = Axis(2);
        near[0] = 0.3f;
        var contributions = TasteTraining.Fit(liked, others).Contributions(new PaperFeatures(Unit(near), []));
        Assert.Equal(2, Array.IndexOf(contributions, contributions.Max()));
        Assert.All(contributions, contribution => Assert.True(contribution >= 0));
    }

    [Fact]
    public void Having_been_an_example_of_the_rest_does_not_lower_a_paper() => Gen.Select(Examples, Examples).Sample((liked, others) =>
    {
        var model = TasteTraining.Fit(liked, others);
        for (var i = 0; i < others.Length; i++)
            Assert.True(model.ScoreOfOther(i, others[i].Features) >= model.Score(others[i].Features));
        // Drawn from many, it scores more as if it had not been than it would by the plain score.
        var rest = Enumerable.Range(0, 200).Select(j => new TasteExample(new PaperFeatures(Unit(Axis(j % Dimensions)), []))).ToArray();
        var paper = others[0].Features with { Terms = [] };
        var without = TasteTraining.Fit(liked, rest).Score(paper);
        var drawn = TasteTraining.Fit(liked, [.. rest, new TasteExample(paper)]);
        Assert.True(Math.Abs(drawn.ScoreOfOther(rest.Length, paper) - without) <= Math.Abs(drawn.Score(paper) - without) + 0.01f);
    }, iter: 100);

    [Fact]
    public void There_is_no_taste_without_something_liked_and_something_else()
    {
        var one = new[] { new TasteExample(new PaperFeatures(Unit(Axis(0)), [])) };
        Assert.Throws<ArgumentException>(() => TasteTraining.Fit([], one));
        Assert.Throws<ArgumentException>(() => TasteTraining.Fit(one, []));
    }

    private static TasteExample[] Taste(PaperFeatures[] features) => [.. features.Select(each => new TasteExample(each))];

    private static float[] Axis(int i)
    {
        var axis = new float[Dimensions];
        axis[i] = 1;
        return axis;
    }

    private static float[] Unit(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
