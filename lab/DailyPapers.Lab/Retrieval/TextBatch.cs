namespace DailyPapers.Lab.Retrieval;

/// <summary>The token counts of a batch of texts, by text, and by token for the way back.</summary>
internal sealed class TextBatch
{
    private readonly List<int> _tokens = [];
    private readonly List<float> _weights = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _scratch = [];
    private readonly float _frequencyExponent;

    public TextBatch(float frequencyExponent) => _frequencyExponent = frequencyExponent;

    public int Count => _starts.Count - 1;

    public void Clear()
    {
        _tokens.Clear();
        _weights.Clear();
        _starts.Clear();
        _starts.Add(0);
    }

    /// <summary>Adds a text; each token is left out with probability <paramref name="dropout"/>.</summary>
    public void Add(IEnumerable<int[]> parts, float dropout, Random random)
    {
        _scratch.Clear();
        foreach (var part in parts)
        {
            foreach (var token in part)
            {
                if (dropout <= 0 || random.NextSingle() >= dropout)
                    _scratch.Add(token);
            }
        }
        _scratch.Sort();
        for (var i = 0; i < _scratch.Count;)
        {
            var start = i;
            while (i < _scratch.Count && _scratch[i] == _scratch[start])
                i++;
            _tokens.Add(_scratch[start]);
            _weights.Add(MathF.Pow(i - start, _frequencyExponent));
        }
        _starts.Add(_tokens.Count);
    }

    /// <summary>sums (texts, d) = weighted sums of token vectors, each token's weight times its own of <paramref name="tokenWeights"/>.</summary>
    public void Sum(float[] vectors, float[]? tokenWeights, float[] sums, int dimensions, ParallelOptions parallel) => Parallel.For(0, (Count + 31) / 32, parallel, block =>
    {
        for (var text = block * 32; text < Math.Min(Count, (block * 32) + 32); text++)
        {
            var sum = sums.AsSpan(text * dimensions, dimensions);
            sum.Clear();
            for (var i = _starts[text]; i < _starts[text + 1]; i++)
                DenseAlgebra.AddScaled(vectors.AsSpan(_tokens[i] * dimensions, dimensions), _weights[i] * (tokenWeights?[_tokens[i]] ?? 1), sum);
        }
    });

    /// <summary>Appends (token, text, weight) of every occurrence, texts numbered from <paramref name="firstText"/>, with the weights of <see cref="Sum"/>.</summary>
    public void CollectOccurrences(List<Occurrence> occurrences, float[]? tokenWeights, int firstText)
    {
        for (var text = 0; text < Count; text++)
        {
            for (var i = _starts[text]; i < _starts[text + 1]; i++)
                occurrences.Add(new Occurrence(_tokens[i], firstText + text, _weights[i] * (tokenWeights?[_tokens[i]] ?? 1)));
        }
    }

    internal readonly record struct Occurrence(int Token, int Text, float Weight);
}
