using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.UnifiedNormalization;

/// <summary>y = γ x / σ + β with a gradient of its own: dx = (r γ dy − ψ x̂) / σ, where ψ is smoothed over iterations.</summary>
/// <remarks>The arguments are input (..., dim), γ and β (dim), and the <see cref="UnifiedNormStep"/>.</remarks>
internal sealed class UnifiedNormFunction : autograd.SingleTensorFunction<UnifiedNormFunction>
{
    private const string StepName = "step";

    /// <inheritdoc/>
    public override string Name => nameof(UnifiedNormFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, weight, bias, step) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (UnifiedNormStep)vars[3]);
        var normalized = input * step.InverseDeviation;
        List<Tensor> kept = [normalized, weight, step.InverseDeviation];
        if (step.Ratio is not null)
            kept.Add(step.Ratio);
        ctx.save_for_backward(kept);
        ctx.save_data(StepName, step);
        return addcmul(bias, normalized, weight, 1);
    }

    // #region backward
    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var kept = ctx.get_saved_variables();
        var (normalized, weight, inverse) = (kept[0], kept[1], kept[2]);
        var step = (UnifiedNormStep)ctx.get_data(StepName);
        var dim = weight.shape[0];
        var products = (grad_output * normalized).reshape(-1, dim);
        var (weightGradient, biasGradient) = (products.sum([0L]), grad_output.reshape(-1, dim).sum([0L]));
        var slope = weight;
        if (kept.Count > 3)
        {
            weightGradient = weightGradient * kept[3];
            slope = weight * kept[3];
        }
        // mean(g x̂) with g = r γ dy needs no second pass over the tokens.
        var psi = step.Norm.ObserveGradient(step, products.sum([0L]) * slope / products.shape[0]);
        var inputGradient = grad_output * (slope * inverse) - normalized * (psi * inverse);
        return [inputGradient.MoveToOuterDisposeScope(), weightGradient.MoveToOuterDisposeScope(), biasGradient.MoveToOuterDisposeScope(), null!];
    }
    // #endregion backward
}
