namespace DailyPapers.Lab.Generalization.MatrixRecovery;

/// <summary>What is made small.</summary>
public enum RecoveryLoss
{
    /// <summary>The mean absolute residual.</summary>
    Absolute,

    /// <summary>Half the mean squared residual.</summary>
    Squared,
}
