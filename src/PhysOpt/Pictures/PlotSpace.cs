namespace PhysOpt;

/// <summary>What a picture of a run shows.</summary>
public enum PlotSpace
{
    /// <summary>Two components of x against each other; of a problem with one, x0 and the loss.</summary>
    X,

    /// <summary>Two components of y = y(x) against each other; of physics with one, y0 and the loss.</summary>
    Y,

    /// <summary>The loss, on a logarithmic axis where it has a logarithm, against iterations, evaluations or time.</summary>
    Loss,

    /// <summary>All components of x against their index, for values on a grid: a line per iteration.</summary>
    State,
}

/// <summary>What the loss is shown against.</summary>
public enum PlotAgainst
{
    /// <summary>The number of updates.</summary>
    Iteration,

    /// <summary>The evaluations of the physics.</summary>
    Evaluations,

    /// <summary>The time since the run started, without the time spent downstream.</summary>
    Time,
}
