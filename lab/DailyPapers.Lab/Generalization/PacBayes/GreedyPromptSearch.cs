using TorchSharp;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Generalization.PacBayes;

/// <summary>
/// Sequential search over prompts (arXiv:2310.03957): class after class gets the next token that makes the objective
/// smallest, position after position.
/// </summary>
public sealed class GreedyPromptSearch
{
    private readonly Tensor _images; // (n, e)
    private readonly Tensor _labels; // (n,)
    private readonly Func<IReadOnlyList<int[]>, Tensor> _encode;
    private readonly int[] _tokens;
    // Kept: a scalar that is made for a call may be finalised before the native code has read it.
    private readonly Scalar _never = float.NegativeInfinity;
    private readonly int _classes;

    /// <summary>Takes the examples and the text encoder.</summary>
    /// <param name="images">Unit vectors of the training images, (n, e); kept by reference.</param>
    /// <param name="labels">Their classes, (n,), int64; kept by reference.</param>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <param name="tokens">The tokens to search over, at least one: a vocabulary, or a part of it chosen without the examples.</param>
    /// <param name="encode">From prompts to unit vectors (prompts, e).</param>
    public GreedyPromptSearch(Tensor images, Tensor labels, int classes, IReadOnlyCollection<int> tokens, Func<IReadOnlyList<int[]>, Tensor> encode)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(encode);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens.Count, 1, nameof(tokens));
        if (images.dim() != 2 || labels.dim() != 1 || labels.shape[0] != images.shape[0])
            throw new ArgumentException($"Expected images (n, e) and labels (n), but got [{string.Join(", ", images.shape)}] and [{string.Join(", ", labels.shape)}].", nameof(labels));
        (_images, _labels, _classes, _tokens, _encode) = (images, labels, classes, [.. tokens], encode);
    }

    // #region search
    /// <summary>Searches from empty prompts. A prompt that no token improves is left alone until the others have changed.</summary>
    /// <param name="length">Most tokens of a prompt, at least 1.</param>
    /// <param name="objective">
    /// From the training error and the prompts with the token appended to what is made small; the training error alone when null.
    /// For structural risk minimisation, a bound.
    /// </param>
    /// <param name="onRound">Called with the prompts after each position.</param>
    /// <returns>A prompt for each class.</returns>
    public int[][] Run(int length, PromptObjective? objective = null, Action<int[][]>? onRound = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        objective ??= (error, _) => error;
        var prompts = Enumerable.Range(0, _classes).Select(_ => Array.Empty<int>()).ToArray();
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var scores = _images.mm(_encode(prompts).t()); // (n, classes)
        for (var position = 0; position < length; position++)
        {
            for (var c = 0; c < _classes; c++)
            {
                using var inner = NewDisposeScope();
                var current = objective(Error(scores), prompts);
                int[][] candidates = [.. _tokens.Select(token => (int[])[.. prompts[c], token])];
                var candidateScores = _images.mm(_encode(candidates).t()); // (n, tokens)
                var errors = Errors(scores, candidateScores, c);
                var (best, least) = (-1, current);
                int[][] tried = [.. prompts];
                for (var i = 0; i < candidates.Length; i++)
                {
                    tried[c] = candidates[i];
                    var value = objective(errors[i], tried);
                    if (value < least)
                        (best, least) = (i, value);
                }
                if (best < 0)
                    continue;
                prompts[c] = candidates[best];
                scores.narrow(1, c, 1).copy_(candidateScores.narrow(1, best, 1));
            }
            onRound?.Invoke([.. prompts]);
        }
        return prompts;
    }

    // The error with each candidate in place of class c's prompt. Only two things count for an example: the best score among the other
    // classes, and whether that class is the right one.
    private double[] Errors(Tensor scores, Tensor candidateScores, int c)
    {
        var others = scores.clone();
        others.narrow(1, c, 1).fill_(_never);
        var (rivals, rivalClasses) = others.max(1, keepdim: true);
        var own = _labels.eq(c);
        var rightWithout = rivalClasses.squeeze(1).eq(_labels);
        // A tie goes to the class of least number.
        var taken = (rivalClasses > c).logical_and(candidateScores.eq(rivals)).logical_or(candidateScores > rivals); // (n, tokens)
        var gain = own.to(_images.dtype) - rightWithout.to(_images.dtype); // of an example that the candidate takes
        var right = gain.unsqueeze(0).mm(taken.to(_images.dtype)).squeeze(0) + rightWithout.sum(); // (tokens,)
        return [.. right.to(float64).data<double>().ToArray().Select(count => 1 - count / _images.shape[0])];
    }
    // #endregion search

    private double Error(Tensor scores) => scores.argmax(1).ne(_labels).to(float64).mean().item<double>();
}
