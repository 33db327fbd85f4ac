namespace PhysOpt.Functions;

/// <summary>A map of which every evaluation is counted, and the number of its components checked.</summary>
/// <param name="map">The map.</param>
/// <param name="role">What the map is in the problem, for messages and error ids: "Physics", "Loss", "Objective" or "Gradient".</param>
/// <param name="budget">Counts the evaluations, and ends the run when they are spent.</param>
/// <param name="length">The number of components that the map must have; null to take it from the first evaluation.</param>
internal sealed class CountedMap(IMap map, string role, EvaluationBudget budget, int? length = null) : IMap
{
    readonly int? required = length;
    int? length = length;

    /// <summary>What to do where several numbers came back.</summary>
    string Advice => role == "Objective" ? " Give -Target or -Loss to make it the physics, whose outputs these are." : "";

    /// <inheritdoc/>
    public Vector Evaluate(Vector x)
    {
        budget.SpendEvaluation();
        var y = map.Evaluate(x);
        if (y.Count == (length ??= y.Count)) return y;
        var at = $"at {(role == "Loss" ? "y" : "x")} = {PointWords.Of(x)}.";
        throw required == 1
            ? new EvaluationException($"{role}NotScalar", $"{role} must return one number, but returned {y.Count}, {at}{Advice}", x)
            : new EvaluationException($"{role}LengthChanged", $"{role} must return {length} numbers, but returned {y.Count}, {at}", x);
    }

    /// <summary>The value of a scalar function that computes its gradient in the same pass, and the gradient: one evaluation.</summary>
    internal (double Value, Vector Gradient) Evaluate(IValueAndGradientMap fused, Vector x)
    {
        budget.SpendEvaluation();
        return fused.ValueAndGradient(x);
    }
}
