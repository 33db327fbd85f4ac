namespace PhysOpt.Problems;

/// <summary>What holds a point x, and y there, whose components are shown as columns.</summary>
internal interface IComponents
{
    /// <summary>The point.</summary>
    Vector X { get; }

    /// <summary>y(x); null where there is none.</summary>
    Vector? Y { get; }

    /// <summary>The names of the variables; null where they have none.</summary>
    VariableNames? Variables { get; }
}
