using System.Numerics.Tensors;

namespace DailyPapers.Community.Recommending;

/// <summary>
/// What a person likes, as weights of a logistic regression. The weights are a sum over the examples, so a score is one too:
/// the share of each liked example in it is exact, and is what reasons are taken from.
/// </summary>
internal sealed class TasteModel
{
    private readonly IReadOnlyList<TasteExample> _liked;
    private readonly float[] _shares;
    private readonly float[] _taken;
    private readonly float[] _meaning;
    private readonly float _bias;
    private readonly Dictionary<ulong, float> _terms;
    private readonly TasteOptions _options;

    /// <param name="liked">The liked examples.</param>
    /// <param name="shares">By how much each liked example's features are in the weights.</param>
    /// <param name="taken">By how much each other example's features lower the score of a paper with the same.</param>
    /// <param name="meaning">The weights of the vector's components.</param>
    /// <param name="bias">What every paper has.</param>
    /// <param name="terms">The weights of terms.</param>
    /// <param name="options">The model's constants.</param>
    public TasteModel(IReadOnlyList<TasteExample> liked, float[] shares, float[] taken, float[] meaning, float bias, Dictionary<ulong, float> terms, TasteOptions options) =>
        (_liked, _shares, _taken, _meaning, _bias, _terms, _options) = (liked, shares, taken, meaning, bias, terms, options);

    /// <summary>The log-odds that the person likes it rather than a paper they did nothing with.</summary>
    public float Score(PaperFeatures paper)
    {
        var terms = 0f;
        foreach (var term in paper.Terms)
            terms += _terms.GetValueOrDefault(term);
        return _bias + Meaning(_meaning, paper.Vector) + (_options.TermScale * paper.TermValue * terms);
    }

    /// <summary>
    /// The score of a paper that was itself one of the other examples, without what it took from its own score: having been
    /// drawn as an example must not lower it beside papers that were not.
    /// </summary>
    public float ScoreOfOther(int index, PaperFeatures paper)
    {
        var known = paper.Terms.Count(_terms.ContainsKey) * paper.TermValue * paper.TermValue;
        return Score(paper) + (_taken[index] * (Meaning(paper.Vector, paper.Vector) + (_options.TermScale * _options.TermScale * known)));
    }

    /// <summary>What each liked example adds to the score of a paper, in the order of the examples.</summary>
    public float[] Contributions(PaperFeatures paper)
    {
        var present = paper.Terms.ToHashSet();
        var contributions = new float[_liked.Count];
        for (var i = 0; i < contributions.Length; i++)
        {
            var liked = _liked[i].Features;
            var common = liked.Terms.Count(present.Contains) * liked.TermValue * paper.TermValue;
            contributions[i] = _shares[i] * (Meaning(liked.Vector, paper.Vector) + (_options.TermScale * _options.TermScale * common));
        }
        return contributions;
    }

    private static float Meaning(float[] left, float[] right) =>
        left.Length == right.Length && left.Length > 0 ? TensorPrimitives.Dot<float>(left, right) : 0;
}
