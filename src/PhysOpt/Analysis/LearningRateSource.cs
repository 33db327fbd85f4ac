namespace PhysOpt;

/// <summary>Where the learning rate of a run comes from.</summary>
public enum LearningRateSource
{
    /// <summary>It was given.</summary>
    Given,

    /// <summary>It is the method's own.</summary>
    Default,

    /// <summary>It gives the first step the length of the Cauchy step, or of a first step whose rate was given.</summary>
    EqualFirstStep,

    /// <summary>It is the best one of a search.</summary>
    Tuned,
}
