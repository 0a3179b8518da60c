using DailyPapers.Lab.Generalization;

namespace DailyPapers.Lab.Runner.Papers.MoreIsBetter;

/// <summary>Exponents, and test and train errors by noise level and ridge.</summary>
internal sealed record ImageResult(PowerLawExponents Exponents, double[][] Test, double[][] Train)
{
    /// <summary>Fit ratio where the test error of a noise level is least.</summary>
    internal double OptimalFitRatio(int noise)
    {
        var best = Array.IndexOf(Test[noise], Test[noise].Min());
        return Train[noise][best] / Test[noise][best];
    }

    /// <summary>The optimal fit ratio that the measured exponents predict.</summary>
    internal double PredictedFitRatio(double relativeNoise) =>
        new PowerLawSpectrum(Exponents.Alpha, Exponents.Beta).OptimalFitRatio(relativeNoise);
}
