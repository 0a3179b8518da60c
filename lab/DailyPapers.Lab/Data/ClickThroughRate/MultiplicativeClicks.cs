namespace DailyPapers.Lab.Data.ClickThroughRate;

/// <summary>
/// Synthetic impressions whose interactions are known: the logit of a click is a bias, a number for every field's id, inner products ⟨u_f, u_g⟩ of latent vectors for some pairs
/// of fields, and sums of threefold products for some triples. Ids follow Zipf's law, labels are Bernoulli draws.
/// </summary>
public sealed class MultiplicativeClicks
{
    /// <summary>Numbers of a latent vector.</summary>
    public const int LatentDim = 4;

    private const double LatentDeviation = 0.5;
    private const double LinearDeviation = 0.3;
    private const double ZipfExponent = 1.1;
    private const double ClickShare = 0.2;
    private const int RowsForBias = 20_000;

    private readonly double[][] _cumulative; // by field
    private readonly double[][] _linear; // by field and id
    private readonly double[][][] _latent; // by field, id, dimension
    private readonly double _bias;

    /// <summary>Draws the parameters; the bias is such that a fifth of the impressions are clicks.</summary>
    /// <param name="fields">Number of fields; their cardinalities are 10 to 200, evenly spaced in logarithms.</param>
    /// <param name="pairs">Pairs of fields that interact; 0 for a purely additive logit when <paramref name="triples"/> is 0, too.</param>
    /// <param name="triples">Triples of fields that interact.</param>
    /// <param name="seed">The stream of the parameters.</param>
    public MultiplicativeClicks(int fields, int pairs, int triples, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fields, 3);
        ArgumentOutOfRangeException.ThrowIfNegative(pairs);
        ArgumentOutOfRangeException.ThrowIfNegative(triples);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, fields * (fields - 1) / 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(triples, fields * (fields - 1) * (fields - 2) / 6);
        Cardinalities = [.. Enumerable.Range(0, fields).Select(field => (int)Math.Round(10 * Math.Pow(20, field / (fields - 1.0))))];
        _cumulative = [.. Cardinalities.Select(Zipf)];
        var random = seed.Stream("parameters").ToRandom();
        _linear = [.. Cardinalities.Select(size => Enumerable.Range(0, size).Select(_ => LinearDeviation * random.NextNormal()).ToArray())];
        _latent = [.. Cardinalities.Select(size => Enumerable.Range(0, size)
            .Select(_ => Enumerable.Range(0, LatentDim).Select(_ => LatentDeviation * random.NextNormal()).ToArray()).ToArray())];
        var groups = seed.Stream("groups").ToRandom();
        Pairs = Drawn(groups, pairs, (from f in Enumerable.Range(0, fields) from g in Enumerable.Range(f + 1, fields - f - 1) select (f, g)).ToArray());
        Triples = Drawn(groups, triples, (
            from f in Enumerable.Range(0, fields) from g in Enumerable.Range(f + 1, fields - f - 1) from h in Enumerable.Range(g + 1, fields - g - 1) select (f, g, h)).ToArray());
        _bias = BiasFor(ClickShare, seed.Stream("bias").ToRandom());
    }

    /// <summary>How many ids each field has.</summary>
    public IReadOnlyList<int> Cardinalities { get; }

    /// <summary>The pairs of fields that interact.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; }

    /// <summary>The triples of fields that interact.</summary>
    public IReadOnlyList<(int First, int Second, int Third)> Triples { get; }

    // #region logit
    /// <summary>The logit of a click.</summary>
    /// <param name="ids">One id a field.</param>
    public double Logit(ReadOnlySpan<int> ids)
    {
        var logit = _bias;
        for (var field = 0; field < ids.Length; field++)
            logit += _linear[field][ids[field]];
        foreach (var (f, g) in Pairs)
        {
            var (u, v) = (_latent[f][ids[f]], _latent[g][ids[g]]);
            for (var k = 0; k < LatentDim; k++)
                logit += u[k] * v[k];
        }
        foreach (var (f, g, h) in Triples)
        {
            var (u, v, w) = (_latent[f][ids[f]], _latent[g][ids[g]], _latent[h][ids[h]]);
            for (var k = 0; k < LatentDim; k++)
                logit += u[k] * v[k] * w[k];
        }
        return logit;
    }
    // #endregion logit

    /// <summary>Draws impressions.</summary>
    /// <param name="count">Number of impressions.</param>
    /// <param name="seed">The stream of the draws.</param>
    public ClickData Draw(int count, Seed seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = seed.ToRandom();
        var fields = Cardinalities.Count;
        var ids = new int[count * fields];
        var clicked = new bool[count];
        for (var row = 0; row < count; row++)
        {
            var values = ids.AsSpan(row * fields, fields);
            DrawIds(random, values);
            clicked[row] = random.NextDouble() < 1 / (1 + Math.Exp(-Logit(values)));
        }
        return new(Cardinalities, ids, clicked);
    }

    private void DrawIds(Random random, Span<int> ids)
    {
        for (var field = 0; field < ids.Length; field++)
        {
            var place = Array.BinarySearch(_cumulative[field], random.NextDouble());
            ids[field] = Math.Min(place < 0 ? ~place : place, Cardinalities[field] - 1);
        }
    }

    private double BiasFor(double share, Random random)
    {
        var ids = new int[Cardinalities.Count];
        var logits = new double[RowsForBias];
        for (var row = 0; row < RowsForBias; row++)
        {
            DrawIds(random, ids);
            logits[row] = Logit(ids);
        }
        double low = -30, high = 30;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (logits.Average(logit => 1 / (1 + Math.Exp(-logit - middle))) < share)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    private static double[] Zipf(int size)
    {
        var weights = Enumerable.Range(1, size).Select(rank => Math.Pow(rank, -ZipfExponent)).ToArray();
        var (sum, total) = (0.0, weights.Sum());
        return [.. weights.Select(weight => sum += weight / total)];
    }

    private static T[] Drawn<T>(Random random, int count, T[] all)
    {
        random.Shuffle(all);
        return all[..count];
    }
}
