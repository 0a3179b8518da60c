using System.Numerics.Tensors;

namespace DailyPapers.Lab.Architectures.InfiniteWidth;

/// <summary>
/// Continuous bag of words with negative sampling (Mikolov et al. 2013) as a linear network with one hidden layer: the input is the
/// mean of the context's one-hot vectors, column w of U is the embedding of word w. Its width may be finite or µP's limit.
/// </summary>
/// <remarks>
/// A step reads and writes the rows of a few words only, so it costs O(n) for width n; the limit has width 2 V for V words.
/// </remarks>
public sealed class CbowEmbedding
{
    private readonly float[][] _input; // V embeddings of n numbers: columns of U
    private readonly float[][] _output; // V rows of W
    private readonly LinearScaling _scaling;
    private readonly float[] _hidden;
    private readonly float[] _slope;

    private CbowEmbedding(float[][] input, float[][] output, LinearScaling scaling)
    {
        (_input, _output, _scaling) = (input, output, scaling);
        (_hidden, _slope) = (new float[input[0].Length], new float[input[0].Length]);
    }

    /// <summary>V, number of words.</summary>
    public int Words => _input.Length;

    /// <summary>Numbers of an embedding.</summary>
    public int Width => _hidden.Length;

    /// <summary>A network of finite width with standard normal entries.</summary>
    /// <param name="words">V ≥ 2.</param>
    /// <param name="width">n ≥ 1.</param>
    /// <param name="scaling">µP or the neural tangent parametrization at this width.</param>
    /// <param name="seed">The stream of the weights.</param>
    public static CbowEmbedding Sample(int words, int width, LinearScaling scaling, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var random = seed.ToRandom();
        return new(Rows(), Rows(), scaling);

        float[][] Rows() => [.. Enumerable.Range(0, words).Select(_ => Enumerable.Range(0, width).Select(_ => (float)random.NextNormal()).ToArray())];
    }

    /// <summary>µP's limit: embedding w is the w-th of 2 V unit vectors, and output row w the (V + w)-th.</summary>
    /// <param name="words">V ≥ 2.</param>
    public static CbowEmbedding Limit(int words)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(words, 2);
        return new(Rows(0), Rows(words), LinearScaling.Limit);

        float[][] Rows(int offset) => [.. Enumerable.Range(0, words).Select(word =>
        {
            var row = new float[2 * words];
            row[offset + word] = 1;
            return row;
        })];
    }

    /// <summary>The embedding of a word; changed by <see cref="Step"/>.</summary>
    /// <param name="word">From 0 to V − 1.</param>
    public ReadOnlyMemory<float> Embedding(int word) => _input[word];

    // #region step
    /// <summary>A step of SGD on −log σ(f_target) − Σ log σ(−f_negative), f = ρ W U x, x the mean of the context.</summary>
    /// <param name="context">Words around the target, at least one.</param>
    /// <param name="target">The word that was there.</param>
    /// <param name="negatives">Words that were drawn; the target among them is skipped.</param>
    /// <param name="learningRate">η; 0 only measures.</param>
    /// <returns>The loss before the step.</returns>
    public double Step(ReadOnlySpan<int> context, int target, ReadOnlySpan<int> negatives, double learningRate)
    {
        if (context.IsEmpty)
            throw new ArgumentException("A context needs at least one word.", nameof(context));
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        var share = 1f / context.Length;
        Array.Clear(_hidden);
        foreach (var word in context)
            TensorPrimitives.MultiplyAdd(_input[word], share, _hidden, _hidden);
        Array.Clear(_slope);
        var step = (float)(learningRate * _scaling.StepScale);
        var loss = Visit(target, 1, step);
        foreach (var word in negatives)
            if (word != target)
                loss += Visit(word, 0, step);
        if (step > 0)
            foreach (var word in context)
                TensorPrimitives.MultiplyAdd(_slope, -step * share, _input[word], _input[word]);
        return loss;
    }

    // One output: its loss, its part of the slope by the hidden layer (from the old row), and its own step.
    private double Visit(int word, int label, float step)
    {
        var row = _output[word];
        var f = _scaling.Readout * TensorPrimitives.Dot<float>(row, _hidden);
        var chi = (float)(1 / (1 + Math.Exp(-f)) - label);
        TensorPrimitives.MultiplyAdd(row, chi, _slope, _slope);
        if (step > 0)
            TensorPrimitives.MultiplyAdd(_hidden, -step * chi, row, row);
        var margin = label == 1 ? f : -f;
        return margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
    }
    // #endregion step
}
