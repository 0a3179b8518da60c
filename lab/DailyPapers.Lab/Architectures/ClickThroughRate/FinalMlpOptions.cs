namespace DailyPapers.Lab.Architectures.ClickThroughRate;

/// <summary>Sizes of a <see cref="FinalMlp"/>, under the names of the paper's configuration files.</summary>
/// <param name="Cardinalities">How many ids each field has.</param>
/// <param name="EmbeddingDim">Numbers in a field's vector.</param>
/// <param name="Mlp1HiddenUnits">Neurons of the first stream's layers; the last is its output.</param>
/// <param name="Mlp2HiddenUnits">Neurons of the second stream's layers.</param>
public sealed record FinalMlpOptions(
    IReadOnlyList<int> Cardinalities, int EmbeddingDim, IReadOnlyList<int> Mlp1HiddenUnits, IReadOnlyList<int> Mlp2HiddenUnits)
{
    /// <summary>The share of the first stream's activations dropped while training.</summary>
    public double Mlp1Dropout { get; init; }

    /// <summary>The share of the second stream's activations dropped while training.</summary>
    public double Mlp2Dropout { get; init; }

    /// <summary>Whether batch norms stand in the first stream.</summary>
    public bool Mlp1BatchNorm { get; init; }

    /// <summary>Whether batch norms stand in the second stream.</summary>
    public bool Mlp2BatchNorm { get; init; }

    /// <summary>Whether each stream gates its features ("feature selection").</summary>
    public bool UseFs { get; init; } = true;

    /// <summary>Neurons of each hidden layer of the gates, at least one layer.</summary>
    public IReadOnlyList<int> FsHiddenUnits { get; init; } = [64];

    /// <summary>The fields, by number, whose own embeddings are the first gate's context; a learnt vector when there are none.</summary>
    public IReadOnlyList<int> Fs1Context { get; init; } = [];

    /// <summary>The fields, by number, whose own embeddings are the second gate's context; a learnt vector when there are none.</summary>
    public IReadOnlyList<int> Fs2Context { get; init; } = [];

    /// <summary>k, the heads of the bilinear fusion.</summary>
    public int NumHeads { get; init; } = 1;

    /// <summary>The standard deviation of initial embeddings.</summary>
    public double EmbeddingDeviation { get; init; } = 1e-4;

    /// <summary>Numbers that a stream reads: fields times their vectors.</summary>
    public long Inputs => (long)Cardinalities.Count * EmbeddingDim;

    // The cardinalities below are the vocabulary sizes in the authors' published training logs, in the order of the fields there. They count a padding id in each
    // field, which a ClickVocabulary does not have.

    /// <summary>The authors' configuration for Frappe (user, item, daytime, weekday, isweekend, homework, cost, weather, country, city): 253,392 parameters.</summary>
    public static FinalMlpOptions Frappe { get; } = new([956, 4084, 9, 9, 4, 5, 4, 11, 82, 235], 10, [400], [100])
    {
        Mlp1Dropout = 0.4,
        Mlp2Dropout = 0.4,
        Mlp1BatchNorm = true,
        Mlp2BatchNorm = true,
        FsHiddenUnits = [400],
        Fs1Context = [0],
        Fs2Context = [1],
        NumHeads = 5,
    };

    /// <summary>The authors' configuration for MovieLens tags (user_id, item_id, tag_id): 1,040,902 parameters.</summary>
    public static FinalMlpOptions MovieLens { get; } = new([16_977, 23_606, 49_659], 10, [400], [800])
    {
        Mlp1Dropout = 0.4,
        Mlp2Dropout = 0.2,
        Mlp1BatchNorm = true,
        Mlp2BatchNorm = true,
        FsHiddenUnits = [800],
        NumHeads = 10,
    };

    /// <summary>The authors' configuration for Avazu (feat_1 to feat_22): 13,979,472 parameters.</summary>
    public static FinalMlpOptions Avazu { get; } = new(
        [9, 9, 3480, 4271, 26, 4864, 305, 33, 228_186, 1_048_285, 6515, 6, 6, 1940, 10, 11, 349, 6, 61, 171, 52, 26], 10, [400, 400, 400], [800])
    {
        Mlp1Dropout = 0.3,
        Mlp2Dropout = 0.3,
        Mlp1BatchNorm = true,
        Mlp2BatchNorm = true,
        FsHiddenUnits = [800],
        NumHeads = 10,
    };

    /// <summary>The authors' configuration for Criteo with bucketed numbers, "x4" (I1 to I13, C1 to C26), which found no gating best: 19,524,954 parameters.</summary>
    public static FinalMlpOptions CriteoX4 { get; } = new(
        [
            44, 99, 122, 41, 220, 112, 80, 69, 92, 6, 27, 37, 72,
            1446, 554, 157_339, 117_822, 306, 18, 11_882, 630, 5, 39_530, 5131, 156_656, 3176, 28, 11_043, 148_913, 12, 4560, 2003, 5, 154_564, 18, 17, 53_031, 82, 40_955,
        ],
        16, [1000, 1000, 1000, 1000, 1000], [500])
    {
        Mlp1Dropout = 0.2,
        Mlp2Dropout = 0.1,
        UseFs = false,
        FsHiddenUnits = [1000],
        NumHeads = 50,
    };

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Cardinalities);
        foreach (var field in Fs1Context.Concat(Fs2Context))
        {
            if (field < 0 || field >= Cardinalities.Count)
                throw new ArgumentException($"The context field {field} is not one of the {Cardinalities.Count} fields.");
        }
    }
}
