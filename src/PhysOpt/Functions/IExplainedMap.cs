namespace PhysOpt.Functions;

/// <summary>A map that can say which operation of the user's function is to blame where a run cannot go on.</summary>
internal interface IExplainedMap : IMap
{
    /// <summary>What first gives NaN or infinity of finite numbers at x; null where nothing does, or it cannot be told.</summary>
    Culprit? NotFinite(Vector x);

    /// <summary>What has a value, but no finite slope at x; null where nothing is to blame, or it cannot be told.</summary>
    Culprit? NoSlope(Vector x);

    /// <summary>What jumps or turns over between two neighbours; null where nothing does, or it cannot be told.</summary>
    Culprit? Between(Vector x, Vector neighbour);
}

/// <summary>An operation of a user's function that is to blame.</summary>
/// <param name="Operation">As it was written, and where: "[Math]::Sqrt($a) at line 3, column 12".</param>
/// <param name="Inputs">The components of the function's argument that it depends on, in order.</param>
/// <param name="Does">What it does there: "is NaN", "overflows".</param>
internal sealed record Culprit(string Operation, IReadOnlyList<int> Inputs, string Does)
{
    const int MostInputs = 3;

    /// <summary>The sentence: "[Math]::Sqrt($a) at line 3, column 12, of x[1], is NaN".</summary>
    /// <param name="name">The name of an input.</param>
    internal string Sentence(Func<int, string> name)
    {
        var inputs = string.Join(", ", Inputs.Take(MostInputs).Select(name));
        var more = Inputs.Count > MostInputs ? $" and {Inputs.Count - MostInputs} more" : "";
        return Inputs.Count == 0 ? $"{Operation} {Does}" : $"{Operation}, of {inputs}{more}, {Does}";
    }
}
