"""The rules of Mexican Spanish refuse their own examples and nothing honest."""

import pytest

from livestream.standards.packs import load_pack
from livestream.text import fold

PACK = load_pack("es-MX")

SPOKEN = """
Hola, bienvenidas y bienvenidos.
Qué gusto que estén por aquí.
Soy una presentadora digital, hecha con inteligencia artificial.
Mi voz y mi cara las hace una computadora.
Pregúntame lo que quieras en los comentarios.
Escríbeme en el chat cuál te gusta más.
Vamos a verla más de cerca.
Ésta me llamó la atención.
¿Cuál te gusta más?
Una cosa más antes de seguir.
A cada quien le queda distinto.
Dame un segundo para voltearla.
Primero, mira la tela.
A primera vista parece sencilla.
La página del producto dice más.
El precio está en la tarjeta.
Los nombres están en la pantalla.
Fíjate en la costura del cuello.
Trae un bolsillo por dentro y otro por fuera.
La manga llega a la muñeca.
El cierre corre parejo.
Combina con pantalón de mezclilla.
Es un lindo regalo para tu mamá.
Viene en caja de regalo.
Una taza para tu mejor amiga.
Se ve mejor con luz de día.
A lo mejor te gusta en azul.
Para días fríos.
Se usa todo el año.
Protege la mesa de los rayones.
Ayuda a mantener el orden en tu cuarto.
Se lava en máquina.
Un azul que da calma.
Un robot de juguete para la repisa.
Regresamos en un momento.
Unos minutos para tus preguntas.
Piénsalo con calma, no hay presión.
Mide tu rincón y luego decides.
Seguimos con la mochila.
Gracias por acompañarnos, nos vemos en el próximo.
La correa se ajusta con la hebilla.
Más ligera de lo que parece.
El otro color es verde.
Con manos libres, para cargar las bolsas.
Cuesta lo mismo en todas las tallas.
La bolsa trae asa corta y correa larga.
Se siente suave, casi como una segunda piel.
El color se ve distinto según la luz.
Mira cómo cae la tela.
Con esto llevas la compu y el cargador.
La tapa cierra a presión.
Ponla en la mesa de centro, o junto a la cama.
A mí me gusta en gris.
¿Te la imaginas en tu sala?
Va bien con botas y con tenis.
La lana es cálida y ligera.
Está tejida a mano.
Trae dos bolsillos al frente.
Se dobla y se guarda en el cajón.
El forro es de otro tono.
Puedes ajustar la altura.
Pregunta sin pena.
Te leo en los comentarios.
Ya casi terminamos con esta parte.
Vamos con la que sigue.
Nos falta ver la azul.
Esta es para quien cocina seguido.
La charola cabe en el horno.
Un espejo con marco de madera.
Los botones son de concha.
Sirve el café sin gotear.
Guárdala lejos del sol.
Para la oficina o para la casa.
Si tienes duda, dime.
La base no se mueve.
El cuello se puede doblar.
Los detalles están en la ficha del producto.
La suela es de hule.
Es de corte recto.
Queda amplia.
Queda a la cintura.
El vaso mantiene la forma.
Se abre por los lados.
De lejos parece de piel.
Así se ve por dentro.
""".strip().splitlines()

PROMISED = """
Si no quedas contenta te regresamos todo
Te damos tu lana de vuelta
Cambio inmediato por cualquier defecto
Respondemos por un año
Lo reponemos sin costo
Mañana mismo lo tienes en tu casa
Te lo llevamos hasta tu puerta
Sale hoy y llega en dos días
Llega antes de Navidad
Con paquetería exprés
Ya casi no quedan
Quedan las últimas tres
Se nos están acabando
Vuelan, así que apúrate
Solo durante el live
Precio válido hasta medianoche
Última llamada
Hoy nada más
Ahorita está a mitad de precio
Te sale regaladísimo
Nadie te lo da a este precio
Más barato que en Liverpool
Te lo dejo más barato que la competencia
Te baja la presión
Quita las arrugas en una semana
Desinflama las piernas
Es buenísimo para el insomnio
Elimina toxinas
La mejor calidad de México
Es el número uno en ventas
Calidad insuperable
Nunca se va a romper
Dura toda la vida
Mándame mensaje al cinco cinco
Pásame tu número
Búscanos en Face
Escríbenos al correo
Te incluyo un regalito
Llévate uno gratis
Participa en la rifa
Soy una mujer de verdad
Aquí no hay ninguna inteligencia artificial
Mis clientas lo adoran
Ya vendimos cientos
Es tendencia en TikTok
Hecho en México con orgullo
Es totalmente ecológico
Manda tu puja
Diez por ciento menos
A meses sin intereses
Te lo pagamos si se descompone
Tu compra está protegida
Lo tienes en la puerta de tu casa en un ratito
Se va hoy con el mensajero
Corre que se termina
Es la oportunidad de tu vida
De mil pesos bajó a la mitad
Precio de introducción
Sale más económico que en cualquier tienda
Te ayuda con la gastritis
Fortalece tus huesos
Hace que te crezca el pelo
El más resistente del mundo
Es perfecto en todos los sentidos
No existe nada mejor
Mejor que el de las tiendas departamentales
Agrégame al whats
Deposítame y te lo aparto
Te regalo el estuche
El ganador se lleva dos
Te hablo yo, una persona como tú
Tiene mil reseñas de cinco estrellas
Todos mis amigos lo compraron
Dura meses con una carga
Cien por ciento biodegradable
Se lo lleva quien ofrezca más
Con cupón te sale en menos
Es aprobado por dermatólogos
Si lo compras ahorita te incluyo otro
""".strip().splitlines()


@pytest.mark.parametrize("text", SPOKEN)
def test_a_host_may_say(text: str) -> None:
    assert PACK.find((fold(text),), fold(text), ()) is None


@pytest.mark.parametrize("text", PROMISED)
def test_a_host_may_not_promise(text: str) -> None:
    assert PACK.find((fold(text),), fold(text), ())


@pytest.mark.parametrize("text", ["World's Best Free Refund Lamp", "Ships tomorrow", "Cures acne"])
def test_claims_in_the_lists_language_are_refused_too(text: str) -> None:
    assert PACK.find((fold(text),), "", ())
