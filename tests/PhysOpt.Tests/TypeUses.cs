using Mono.Cecil;

namespace PhysOpt.Tests;

/// <summary>Which types of an assembly name which others: in their heads, members, bodies of methods and attributes.</summary>
internal static class TypeUses
{
    /// <summary>Which room uses which other one, with an example for each pair.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="roomOf">
    /// The room of a type that is not nested, by namespace and name; null for types that are in none. A nested type is where its outermost
    /// one is.
    /// </param>
    internal static Dictionary<(string From, string To), string> Between(string path, Func<string, string, string?> roomOf)
    {
        using var module = ModuleDefinition.ReadModule(path);
        var uses = new Dictionary<(string, string), string>();
        foreach (var type in module.GetTypes())
        {
            if (Room(type) is not { } from) continue;
            foreach (var used in Named(type).SelectMany(Parts))
            {
                if (Room(used) is { } to && to != from) uses.TryAdd((from, to), $"{type.FullName} uses {used.FullName}");
            }
        }

        return uses;

        string? Room(TypeReference type)
        {
            while (type.DeclaringType is not null) type = type.DeclaringType;
            return roomOf(type.Namespace, type.Name);
        }
    }

    /// <summary>The sets of rooms each of which is used, directly or not, by every other one of its set.</summary>
    internal static IReadOnlyList<string> Cycles(IReadOnlyCollection<(string From, string To)> uses)
    {
        var rooms = uses.SelectMany(use => new[] { use.From, use.To }).Distinct().Order(StringComparer.Ordinal).ToList();
        var reached = rooms.ToDictionary(room => room, Reachable);
        return [.. rooms
            .Select(room => string.Join(" and ", rooms.Where(other => reached[room].Contains(other) && reached[other].Contains(room))))
            .Where(set => set.Length > 0).Distinct()];

        HashSet<string> Reachable(string start)
        {
            var found = new HashSet<string>();
            var open = new Stack<string>([start]);
            while (open.TryPop(out var room))
            {
                foreach (var (_, next) in uses.Where(use => use.From == room))
                {
                    if (found.Add(next)) open.Push(next);
                }
            }

            return found;
        }
    }

    /// <summary>The type and all types it is built from: elements of arrays, arguments of generics.</summary>
    internal static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        RequiredModifierType modified => Parts(modified.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    static IEnumerable<TypeReference?> Named(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (var each in type.Interfaces) yield return each.InterfaceType;
        foreach (var each in Attributes(type).Concat(type.Properties.SelectMany(Attributes))) yield return each;
        foreach (var each in type.Fields.SelectMany(Attributes).Concat(Constraints(type))) yield return each;
        foreach (var field in type.Fields) yield return field.FieldType;
        foreach (var each in type.Methods.SelectMany(Named)) yield return each;
    }

    static IEnumerable<TypeReference?> Named(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (var each in Attributes(method).Concat(method.Parameters.SelectMany(Attributes))) yield return each;
        foreach (var parameter in method.Parameters) yield return parameter.ParameterType;
        foreach (var each in Constraints(method)) yield return each;
        if (!method.HasBody) yield break;
        foreach (var variable in method.Body.Variables) yield return variable.VariableType;
        foreach (var handler in method.Body.ExceptionHandlers) yield return handler.CatchType;
        foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand))
        {
            switch (operand)
            {
                case TypeReference named:
                    yield return named;
                    break;
                case FieldReference field:
                    yield return field.DeclaringType;
                    yield return field.FieldType;
                    break;
                case MethodReference called:
                    yield return called.DeclaringType;
                    yield return called.ReturnType;
                    foreach (var parameter in called.Parameters) yield return parameter.ParameterType;
                    foreach (var argument in (called as GenericInstanceMethod)?.GenericArguments ?? []) yield return argument;
                    break;
            }
        }
    }

    /// <summary>The attributes, and the types that they are given, such as a completer.</summary>
    static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider holder) =>
        holder.CustomAttributes.SelectMany(attribute =>
            attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Append(attribute.AttributeType));

    static IEnumerable<TypeReference?> Constraints(IGenericParameterProvider holder) =>
        holder.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType);
}
