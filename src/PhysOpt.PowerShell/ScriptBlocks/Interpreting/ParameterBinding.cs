using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Which argument of a call belongs to which parameter: by its name, by its place, or to what takes the rest.</summary>
internal static class ParameterBinding
{
    /// <summary>Gives the parameters their values, the rest is $args.</summary>
    internal static void Bind(Frame f, Body body, Arguments arguments, bool hasInput)
    {
        var parameters = body.Parameters;
        var bound = new bool[parameters.Length];
        var positional = ByName(f, body, arguments, bound);
        var rest = new List<object?>();
        var free = new Queue<int>(Places(body, bound, positional.Count).Where(i =>
            !(hasInput && parameters[i].TakesPipeline && positional.Count == 0)));
        foreach (var value in positional)
        {
            if (free.TryDequeue(out var index)) Give(index, value);
            else rest.Add(value);
        }

        if (rest.Count > 0 && Array.FindIndex(parameters, each => each.TakesRest) is var last and >= 0 && !bound[last])
            Give(last, rest is [var only] && Values.List(only) is not null ? only : rest.ToArray());
        else if (rest.Count > 0 && body.IsAdvanced)
            throw new TraceRefusedException("It calls a function with more arguments than it takes");
        if (body.IsAdvanced) RequireMandatory(body, bound, hasInput);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!bound[i]) parameters[i].SetDefault(f);
        }

        if (!body.IsAdvanced) f.Scope.Write("args", rest.ToArray());
        if (!body.ReadsBoundParameters) return;
        var given = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (bound[i]) given[parameters[i].Name] = f.Scope.ReadLocal(parameters[i].Name);
        }

        f.Scope.Write("PSBoundParameters", given);

        void Give(int index, object? value)
        {
            parameters[index].Set(f, value);
            bound[index] = true;
        }
    }

    /// <summary>Binds what was given by name.</summary>
    /// <returns>What was given without one.</returns>
    static List<object?> ByName(Frame f, Body body, Arguments arguments, bool[] bound)
    {
        var (parameters, written, positional) = (body.Parameters, arguments.Given, new List<object?>());
        for (var i = 0; i < written.Count; i++)
        {
            var (name, value, hasValue, place) = written[i];
            if (name is null)
            {
                positional.Add(value);
                continue;
            }

            var index = Find(parameters, name);
            if (index < 0)
            {
                if (body.IsAdvanced)
                {
                    throw new TraceRefusedException(CommandRules.IsCommon(name, static () => [])
                        ? $"It calls a function with -{name}, a common parameter, which is not supported: leave it out"
                        : $"It calls a function with -{name}, which is no parameter of it", place?.Extent);
                }

                positional.Add(Arguments.NameAlone(name, hasValue));
                if (hasValue) positional.Add(value);
                continue;
            }

            if (bound[index])
                throw new ParameterBindingException($"Cannot bind parameter because parameter '{name}' is specified more than once.");
            if (!parameters[index].IsSwitch && !hasValue)
                value = i + 1 < written.Count && written[i + 1].Name is null ? written[++i].Value
                    : throw new TraceRefusedException($"It calls a function with -{name} and no value", place?.Extent);
            parameters[index].Set(f, parameters[index].IsSwitch && !hasValue ? true : value);
            bound[index] = true;
        }

        return positional;
    }

    static int Find(Parameter[] parameters, string name)
    {
        var exact = Array.FindIndex(parameters, parameter => parameter.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (exact >= 0) return exact;
        bool Begins(Parameter parameter) => parameter.Names.Any(each => each.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return parameters.Count(Begins) <= 1 ? Array.FindIndex(parameters, Begins)
            : throw new ParameterBindingException($"Parameter cannot be processed because the parameter name '{name}' is ambiguous.");
    }

    /// <summary>The parameters that take arguments by their place, in the order of these, without those that are bound.</summary>
    static IEnumerable<int> Places(Body body, bool[] bound, int count)
    {
        var parameters = body.Parameters;
        var hasPlaces = !body.IsPositional || parameters.Any(parameter => parameter.Position is not null);
        var free = Enumerable.Range(0, parameters.Length).Where(i => !bound[i] && !parameters[i].TakesRest
            && (hasPlaces ? parameters[i].Position is not null : !parameters[i].IsSwitch)).OrderBy(i => parameters[i].Position).ToList();
        if (count == 0 || SetsOf(parameters).Count == 0) return free;
        var orders = Possible(parameters, bound).Select(set => free.Where(i => parameters[i].IsIn(set)).Take(count).ToArray())
            .Where(each => each.Length == count).ToList(); // of the sets that take them all
        return orders.Count > 0 && orders.TrueForAll(each => each.SequenceEqual(orders[0])) ? orders[0] : throw Open();
    }

    /// <summary>Refuses a call for which PowerShell would ask for more.</summary>
    static void RequireMandatory(Body body, bool[] bound, bool hasInput)
    {
        var parameters = body.Parameters;
        Parameter? Missing(string? set) => parameters.Where((each, i) => each.IsMandatory && !bound[i]
            && !(hasInput && each.TakesPipeline) && (set is null || each.IsIn(set))).FirstOrDefault();
        string? chosen = null;
        if (SetsOf(parameters).Count > 0)
        {
            var possible = Possible(parameters, bound);
            chosen = possible is [var only] ? only
                : possible.Find(set => set.Equals(body.DefaultSet, StringComparison.OrdinalIgnoreCase))
                    ?? (possible.FindAll(set => Missing(set) is null) is [var full] ? full : throw Open());
            if (possible.Count > 1 && Missing(chosen) is not null) throw Open();
        }

        if (Missing(chosen) is { } missing)
        {
            throw new TraceRefusedException($"It calls a function without its mandatory parameter -{missing.Name}, for which PowerShell "
                + "asks whoever runs it");
        }
    }

    static List<string> SetsOf(Parameter[] parameters) =>
        [.. parameters.SelectMany(each => each.Sets).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The parameter sets that all bound parameters are in.</summary>
    static List<string> Possible(Parameter[] parameters, bool[] bound)
    {
        var possible = SetsOf(parameters).FindAll(set => parameters.Where((_, i) => bound[i]).All(each => each.IsIn(set)));
        return possible.Count > 0 ? possible
            : throw new ParameterBindingException("Parameter set cannot be resolved using the specified named parameters.");
    }

    static TraceRefusedException Open() =>
        new("It calls a function in a way that leaves open which of its parameter sets is meant: name the parameters");
}
