namespace PhysOpt.Functions;

/// <summary>A map that runs in place of the user's own function, and can ask that function whether it still says the same.</summary>
internal interface IConfirmableMap : IMap
{
    /// <summary>
    /// Calls the function itself at x. Where it gives something else than the map, the map is the function itself from then on.
    /// </summary>
    /// <returns>False where they differed: what was computed from the map so far cannot be relied on.</returns>
    bool Confirm(Vector x);
}
