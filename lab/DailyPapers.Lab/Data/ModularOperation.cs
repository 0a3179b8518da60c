namespace DailyPapers.Lab.Data;

/// <summary>What <see cref="ModularArithmeticDataset"/> computes.</summary>
public enum ModularOperation
{
    /// <summary>(m + n) mod p.</summary>
    Addition,

    /// <summary>(m n) mod p.</summary>
    Multiplication,
}
