namespace PhysOpt.Functions;

/// <summary>A map that runs in place of the user's own function, and can ask that function whether it still says the same.</summary>
internal interface IConfirmableMap : IMap
{
    /// <summary>How often the map was made anew, for another branch or because a variable changed.</summary>
    int RecordingCount { get; }

    /// <summary>False where the function itself answers at x: there is nothing to confirm.</summary>
    bool RunsInPlaceAt(Vector x);

    /// <summary>
    /// Calls the function itself at x. Where it gives something else than the map, the map is the function itself from then on.
    /// </summary>
    ValueConfirmation Confirm(Vector x);

    /// <summary>The value of the function itself; what it was asked counts as confirmation.</summary>
    /// <exception cref="EvaluationException">It has no value at x.</exception>
    Vector EvaluateItself(Vector x);

    /// <summary>Takes note that differences of the function itself have confirmed the slope at x.</summary>
    void NoteSlope(Vector x);

    /// <summary>Makes the map the function itself for good, because it was found to contradict that function.</summary>
    /// <param name="why">A sentence without its full stop.</param>
    void GiveUp(string why);
}

/// <summary>What the function itself said of a value.</summary>
/// <param name="Itself">Its own value; null where it was not asked, for it answers there anyway, or has none.</param>
/// <param name="Contradiction">What it gives and what ran in its place gave, a sentence without its full stop; null where they
/// agree.</param>
internal readonly record struct ValueConfirmation(Vector? Itself, string? Contradiction);
