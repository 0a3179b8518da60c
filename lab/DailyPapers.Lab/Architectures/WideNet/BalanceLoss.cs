using static TorchSharp.torch;

namespace DailyPapers.Lab.Architectures.WideNet;

/// <summary>The loss that keeps experts equally busy: E Σ m_e P_e, with m_e the share of tokens whose first choice is e and P_e e's mean probability.</summary>
public static class BalanceLoss
{
    // #region balance
    /// <summary>The loss of one use of a router, a scalar with gradient through P; 1 when probabilities are uniform, E when all tokens surely go to one expert.</summary>
    public static Tensor Of(Routing routing)
    {
        ArgumentNullException.ThrowIfNull(routing);
        using var scope = NewDisposeScope();
        var experts = routing.Probabilities.shape[1];
        var first = nn.functional.one_hot(routing.Index.select(1, 0), experts).to(routing.Probabilities.dtype);
        return (first.mean([0L]) * routing.Probabilities.mean([0L])).sum().mul(experts).MoveToOuterDisposeScope();
    }
    // #endregion balance
}
