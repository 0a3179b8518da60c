namespace DailyPapers.Lab.Generalization.HyperparameterTuning;

/// <summary>
/// A classification task whose model has weights on a finite grid and margins that are quadratic in the hyperparameter, so that
/// the utility u_α = max_w accuracy(α, w) is piecewise constant in α with break points known exactly.
/// </summary>
public interface IMarginTask
{
    /// <summary>T, the number of labelled points.</summary>
    int Points { get; }

    /// <summary>Number of settings of the weights.</summary>
    int WeightSettings { get; }

    /// <summary>The smallest hyperparameter.</summary>
    double MinimumAlpha { get; }

    /// <summary>The largest hyperparameter.</summary>
    double MaximumAlpha { get; }

    /// <summary>The margins label × score = c₀ + c₁ α + c₂ α² of all points at one setting of the weights; positive means correct.</summary>
    /// <param name="weights">Number of the setting, from 0 to <see cref="WeightSettings"/> − 1.</param>
    /// <param name="constant">Receives c₀ of the T points.</param>
    /// <param name="linear">Receives c₁.</param>
    /// <param name="quadratic">Receives c₂.</param>
    void Margins(int weights, Span<double> constant, Span<double> linear, Span<double> quadratic);
}
